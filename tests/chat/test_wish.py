"""A wish is read from words and comes back from buttons; whatever comes, it is checked."""

from __future__ import annotations

import pytest

from bot.chat.wish import LONGEST, MOST_QUESTIONS, MOST_TASKS, Wish
from bot.core.errors import BadInput


def test_the_tasks_of_a_message_are_told_apart() -> None:
    assert Wish.spoken("list users\n- post it").tasks == ("list users", "post it")
    assert Wish.spoken(" \n...").tasks == ()


def test_what_cannot_be_seen_is_no_part_of_a_task() -> None:
    assert Wish.spoken("list\x00 us\u202eers\x1b[1m").tasks == ("list us ers [1m",)


def test_too_many_characters_are_counted_before_anything_is_done() -> None:
    Wish.spoken("x" * LONGEST)
    with pytest.raises(BadInput, match=r"10,000 characters long; I read up to 1,000") as refused:
        Wish.spoken("a, " * 3333 + "a")
    assert "each task in a line" in refused.value.advice


def test_too_many_tasks_are_counted() -> None:
    Wish.spoken("\n".join(f"list users {n}" for n in range(MOST_TASKS)))
    with pytest.raises(BadInput, match="I count 21 tasks; I take up to 20"):
        Wish.spoken("\n".join(f"list users {n}" for n in range(MOST_TASKS + 1)))


def test_what_a_button_carries_comes_back() -> None:
    wish = Wish(("list users", "post it", "ring"))
    chosen = wish.choosing("post it", "POST /messages")
    assert chosen == Wish(("list users", "POST /messages", "ring"), asked=1)
    later = chosen.setting_aside("ring")
    assert later == Wish(("list users", "POST /messages"), ("ring",), 2)
    assert Wish.returned(later.carried()) == later


@pytest.mark.parametrize(
    "changed",
    [
        {"tasks": None, "aside": ""},
        {"tasks": ["list users"], "aside": 7},
        {"tasks": "", "aside": ""},
        {"tasks": "\x00\n \u202e", "aside": ""},
        {"tasks": "x" * 100_000, "aside": ""},
        {"tasks": "\n".join(f"task {n}" for n in range(MOST_TASKS + 1))},
        {"asked": "one"},
        {"asked": "9" * 5000},
        {"asked": True},
        {"asked": -1},
        {"asked": None},
    ],
)
def test_what_no_button_of_ours_holds_is_refused(changed: dict[str, object]) -> None:
    inputs = Wish(("list users",), ("ring",), 1).carried() | changed
    with pytest.raises(BadInput, match="I cannot read what this button brought me"):
        Wish.returned(inputs)


def test_nobody_is_asked_for_ever() -> None:
    assert Wish(("a",), asked=MOST_QUESTIONS - 1).may_be_questioned
    assert not Wish(("a",), asked=MOST_QUESTIONS).may_be_questioned


def test_what_is_too_heavy_for_five_buttons_is_not_asked_about() -> None:
    assert Wish(("a" * 800,)).may_be_questioned
    assert not Wish(("a" * LONGEST,)).may_be_questioned
    assert not Wish(("語" * 800,)).may_be_questioned


def test_the_words_to_type_are_the_whole_wish_unless_that_is_long() -> None:
    assert Wish(("GET /rooms", "post it")).saying("GET /rooms") == "advise GET /rooms; post it"
    long = Wish(("GET /rooms", "post " * 70))
    assert long.is_long
    assert long.saying("GET /rooms") == "advise GET /rooms"
    assert Wish((), ("ring",)).saying("") == "advise"
