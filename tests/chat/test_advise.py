"""``advise``: what is clear is answered, what is doubtful is asked, what is odd is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.webhook import webhook_on
from bot.catalogue.reading.vocabulary import Watched, watched
from bot.chat.card_rules import parts
from bot.core.messages import Message
from tests.chat.talk import ANA, GROUP, SAM, Talk, places, words
from tests.fixed_ranking import FixedRanking, reading

MESSAGES = ["GET /messages", "GET /messages/{messageId}", "POST /messages"]
ROOMS = ["GET /rooms", "GET /rooms/{roomId}", "GET /memberships", "GET /teams", "GET /people"]
ROOMS += ["GET /telephony/calls"]
MEANINGS = {
    "get messages": MESSAGES,
    "see spaces": ROOMS,
    "list teams": ["GET /teams", "GET /team/memberships"],
    "get people": ["GET /people", "GET /people/me"],
    "read one": ["GET /messages", "GET /messages/{messageId}"],
    "post a welcome": ["POST /messages"],
    "order a pizza": [],
}


@pytest.fixture
def talk(talk: Talk) -> Talk:
    return Talk(talk.store, advisor=reading(talk.advisor, MEANINGS))


def test_what_is_clear_is_answered_at_once(talk: Talk) -> None:
    (said,) = talk.says(ANA, "advise post a welcome, GET /rooms/Y2lz and order a pizza")
    assert "The smallest set: 2 scopes" in said.markdown
    assert "spark:messages_write spark:rooms_read" in said.markdown
    assert "“order a pizza”: Webex does nothing of that kind." in said.markdown


def test_without_words_it_explains_how_to_ask(talk: Talk) -> None:
    for said in (talk.says(ANA, "advise"), talk.says(ANA, "advise ?!")):
        assert "What shall your integration do?" in words(said)
        assert "advise create a space, add people to it and post a welcome" in words(said)


def test_the_lines_of_the_cards_input_are_tasks(talk: Talk) -> None:
    inputs = {"action": "say", "say": "advise", "words": "post a welcome\nGET /rooms"}
    assert "The smallest set: 2 scopes" in words(talk.presses(ANA, inputs))


def test_the_lines_of_a_mention_are_tasks(talk: Talk) -> None:
    html = "<p>advise:</p><ul><li>post a welcome</li><li>GET /rooms</li></ul>"
    said = talk.says(ANA, "", html=html, room=GROUP)
    assert places(said) == [f"room:{GROUP}"]
    assert "The smallest set: 2 scopes" in words(said)


def test_a_doubtful_task_is_asked_about(talk: Talk) -> None:
    (said,) = talk.says(ANA, "advise post a welcome; see spaces")
    assert "“see spaces” can be several things" in said.markdown
    assert titles(said) == [
        "List Rooms",
        "List Memberships",
        "List Teams",
        "List People",
        "None of these",
    ]
    assert "GET /memberships" in said.markdown
    assert "List Rooms: type **advise post a welcome; GET /rooms**" in said.markdown


def test_where_every_reading_needs_the_same_scopes_there_is_nothing_to_ask(talk: Talk) -> None:
    (said,) = talk.says(ANA, "advise read one")
    assert "The smallest set: 1 scope" in said.markdown
    assert "spark:messages_read" in said.markdown


@pytest.mark.parametrize("kind", watched().values(), ids=list(watched()))
def test_a_webhook_is_chosen_by_what_it_watches(talk: Talk, kind: Watched) -> None:
    operations = talk.advisor.operations
    webhook = webhook_on(kind, operations)
    readings = (Candidate(operations.named("POST /webhooks"), 0.5), webhook)
    known = {"hear of it": Phrase("hear of it", readings, is_doubtful=True)}
    talk = Talk(talk.store, advisor=replace(talk.advisor, ranking=FixedRanking(known)))
    (question,) = talk.says(ANA, "advise hear of it")
    data = button(question, f"Create a Webhook on {kind.resource}")
    assert data["tasks"] == f"POST /webhooks on {kind.resource}"
    pressed = talk.presses(ANA, data)
    assert frozenset(copied(*pressed).split()) in webhook.operation.any_of
    assert words(talk.says(ANA, data["say"])) == words(pressed)


def test_a_press_puts_the_chosen_operation_in_the_tasks_place(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise post a welcome; see spaces")
    data = button(question, "List Teams")
    assert data["tasks"] == "post a welcome\nGET /teams"
    (said,) = talk.presses(ANA, data)
    assert "spark:messages_write spark:teams_read" in said.markdown


def test_typing_what_the_fallback_says_does_the_same(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise post a welcome; see spaces")
    data = button(question, "List Teams")
    assert words(talk.says(ANA, data["say"])) == words(talk.presses(ANA, data))


def test_one_doubt_is_asked_about_after_the_other(talk: Talk) -> None:
    (first,) = talk.says(ANA, "advise get messages; see spaces")
    assert "“get messages” can be" in first.markdown
    (second,) = talk.presses(ANA, button(first, "List Messages"))
    assert "“see spaces” can be" in second.markdown
    (said,) = talk.presses(ANA, button(second, "List Rooms"))
    assert "spark:messages_read spark:rooms_read" in said.markdown


def test_after_three_questions_it_advises_and_says_what_it_assumed(talk: Talk) -> None:
    (said,) = talk.says(ANA, "advise get messages; see spaces; list teams; get people")
    for _ in range(3):
        said = talk.presses(ANA, button(said, titles(said)[0]))[0]
    assert "The smallest set" in said.markdown
    assert "“get people” was taken for GET /people" in said.markdown


def test_none_of_these_is_told_as_not_found_with_a_hint(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise post a welcome; get messages")
    (said,) = talk.presses(ANA, button(question, "None of these"))
    assert "“get messages”: none of what I offered." in said.markdown
    assert "Say what is done to what" in said.markdown
    assert "The smallest set: 1 scope" in said.markdown


def test_none_of_these_for_the_only_task_finds_nothing(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise get messages")
    assert "None of these: type **advise**" in question.markdown
    (said,) = talk.presses(ANA, button(question, "None of these"))
    assert "There is no scope for this" in said.markdown


def test_in_a_space_everybody_may_answer(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise get messages", room=GROUP)
    said = talk.presses(SAM, button(question, "List Messages"), room=GROUP)
    assert places([question, *said]) == [f"room:{GROUP}"] * 2
    assert "spark:messages_read" in words(said)


def test_operations_of_the_same_title_are_told_apart(talk: Talk) -> None:
    alike: dict[str, list[str]] = {}
    for operation in talk.advisor.operations:
        alike.setdefault(operation.title, []).append(operation.name)
    names = alike["List Messages"]
    assert names == ["GET /messages", "GET /telephony/voiceMessages"]
    talk = Talk(talk.store, advisor=reading(talk.advisor, {"do it": names}))
    (question,) = talk.says(ANA, "advise do it")
    assert all(f"({name})" in title for name, title in zip(names, titles(question), strict=False))


def test_the_same_title_never_stands_twice_on_a_question(talk: Talk) -> None:
    (question,) = talk.says(ANA, "advise see spaces")
    assert len(titles(question)) == len(set(titles(question)))


@pytest.mark.parametrize("tasks", ["GET /nowhere/at/all", "DELETE /people/me/nothing"])
def test_an_unknown_operation_on_a_button_is_answered_clearly(talk: Talk, tasks: str) -> None:
    inputs = {"action": "advise", "tasks": tasks, "aside": "", "asked": "1"}
    (said,) = talk.presses(ANA, inputs)
    assert "There is no scope for this" in said.markdown
    assert "Webex publishes no operation with this path." in said.markdown


def test_a_forged_button_is_answered_with_a_sentence(talk: Talk) -> None:
    said = talk.presses(ANA, {"action": "advise", "tasks": {"a": 1}})
    assert "I cannot read what this button brought me." in words(said)


def test_ten_thousand_characters_are_refused_with_a_sentence(talk: Talk) -> None:
    said = talk.says(ANA, f"advise {'create a space and ' * 600}")
    assert "characters long; I read up to 1,000 at once." in words(said)


@pytest.mark.parametrize(
    "hostile", ["[Approve](https://evil.example)", "<@all> **now**", "{{DATE(0)}} ${set}\x00"]
)
def test_hostile_words_stay_words(talk: Talk, hostile: str) -> None:
    meant = replace(talk.advisor, ranking=reading(talk.advisor, MEANINGS).ranking)
    said = Talk(talk.store, advisor=meant).says(ANA, f"advise {hostile}; get messages")
    said += talk.presses(ANA, button(said[0], "List Messages"))
    for message in said:
        assert "](" not in message.markdown
        assert "<@all>" not in message.markdown
        assert "{{" not in message.markdown


def test_the_heaviest_question_is_small_enough_for_a_card(talk: Talk) -> None:
    for filler in ("word ", "wörter ", "語 "):
        said = talk.says(ANA, f"advise get messages; {filler * (900 // len(filler))}")
        assert len(json.dumps(said[0].card).encode()) < 20_000


def copied(message: Message) -> str:
    """Give the set of scopes as the card offers it to be copied."""
    assert message.card is not None
    (line,) = (one["text"] for _, one in parts(message.card) if one.get("fontType") == "Monospace")
    return str(line)


def buttons(message: Message) -> list[dict[str, Any]]:
    assert message.card is not None
    return [part for _, part in parts(message.card) if part.get("type") == "Action.Submit"]


def titles(message: Message) -> list[str]:
    return [str(button["title"]) for button in buttons(message)]


def button(message: Message, title: str) -> dict[str, Any]:
    """Give what a press of this button sends."""
    (found,) = (one["data"] for one in buttons(message) if one["title"] == title)
    return dict(found)
