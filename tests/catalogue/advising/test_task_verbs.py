from __future__ import annotations

import pytest

from bot.catalogue.advising.task_verbs import begins_with_verb, first_words, is_verb


@pytest.mark.parametrize(
    "text",
    [
        "create a space",
        "Delete it",
        "adds people",
        "getting the calls",
        "posts a welcome",
        "post messages",
        "call my boss",
        "email everyone",
        "GET /rooms",
        "put https://webexapis.com/v1/people/a",
        "curl https://webexapis.com/v1/people",
    ],
)
def test_a_verb_begins_a_task(text: str) -> None:
    assert begins_with_verb(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "call history", "list of members", "end times", "message ids", "titles", "a", "post"],
)
def test_a_noun_begins_none(text: str) -> None:
    assert not begins_with_verb(text)


def test_a_word_can_be_a_verb_whatever_stands_beside_it() -> None:
    assert is_verb("Call")
    assert not is_verb("space")


def test_the_first_words_end_at_any_other_sign() -> None:
    assert first_words("Create, then") == ("create", "")
    assert first_words("set up a space") == ("set", "up")
