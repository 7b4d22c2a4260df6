"""What the card of an advice is given; asked with requests, which need no ranking."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.app import advisor
from bot.chat.advice import layout, titled
from bot.chat.cards import CardBook, find_directory
from bot.chat.fallback import LONGEST
from bot.chat.repertoire import router
from bot.chat.wish import MOST_TASKS
from bot.core.messages import to_room
from tests.fixed_ranking import reading

ADVISOR = advisor()
BOOK = CardBook(find_directory(), actions=router().actions)
MOST_BYTES = 20_000


def laid_out(*asks: str, aside: tuple[str, ...] = (), **meanings: list[str]) -> dict[str, Any]:
    known = {name.replace("_", " "): names for name, names in meanings.items()}
    advice = reading(ADVISOR, known).advise(asks)
    return layout(advice, ADVISOR.catalogue, aside)


def test_the_set_stands_in_one_line_to_be_copied() -> None:
    facts = laid_out("POST /messages", "GET /rooms")
    assert facts["title"] == "The smallest set: 2 scopes"
    assert facts["sets"] == [{"line": "spark:messages_write spark:rooms_read"}]


def test_each_scope_tells_what_it_opens_what_breaks_without_it_and_how_sure_that_is() -> None:
    facts = laid_out("tell my team", tell_my_team=["POST /messages"])
    (row,) = facts["scopes"]
    assert row["explains"].startswith(ADVISOR.catalogue.explain("spark:messages_write").explains)
    assert row["needs"] == [
        {"line": "Needed to “tell my team”: Create a Message (POST /messages)."}
    ]
    assert row["sure"].startswith("Fairly sure: ")


def test_a_request_is_not_said_twice() -> None:
    (row,) = laid_out("GET /rooms/Y2lz?max=5")["scopes"]
    assert row["needs"] == [{"line": "Needed for Get Room Details (GET /rooms/{roomId})."}]


def test_what_webex_cannot_do_is_said_once_with_its_reason() -> None:
    facts = laid_out("GET /rooms", "order a pizza", aside=("ring",), order_a_pizza=[])
    assert facts["missing"] == [
        "“order a pizza”: Webex does nothing of that kind.",
        "“ring”: none of what I offered.",
    ]
    assert not [note for note in facts["notes"] if "pizza" in note]


def test_what_nothing_fits_can_be_said_in_other_words() -> None:
    known = reading(ADVISOR, {})
    missing = layout(known.advise(["mumble"]), ADVISOR.catalogue, ())["missing"]
    assert missing == [
        "“mumble”: Nothing in the API fits. Say it in other words, or name the operation."
    ]


def test_a_long_address_is_cut_within_its_one_word() -> None:
    address = f"https://webexapis.com/v1/nowhere/{'Y2lz' * 50}?max=5"
    (line,) = laid_out(f"GET {address}")["missing"]
    assert line == f"“GET {address[:75]}…”: Webex publishes no operation with this path."


def test_where_nothing_is_found_the_title_says_so() -> None:
    facts = laid_out("order a pizza")
    assert facts["title"] == "There is no scope for this"
    assert facts["sets"] == []
    assert facts["is_missing"]


def test_what_no_single_scope_is_needed_for_is_told_as_well() -> None:
    free = next(one for one in ADVISOR.operations if one.any_of and not one.scopes)
    facts = laid_out(free.name)
    assert facts["title"] == "No scope to ask for"
    assert facts["others"] == [f"“{free.name}”: {titled(free)}."]


@pytest.mark.parametrize("words", [0, 5])
def test_the_longest_advice_fits_a_card_and_its_words_a_message(words: int) -> None:
    """Ask for the largest sets that there are, and as many of them as may be asked for."""
    by_size = sorted(ADVISOR.operations, key=lambda one: -min(map(len, one.any_of), default=0))
    by_scopes = {one.any_of: one.name for one in reversed(by_size) if one.scopes}
    largest = list(by_scopes.values())[-MOST_TASKS:]
    known = {f"task {name[::-1]}{' longer' * words}": [name] for name in largest}
    advice = reading(ADVISOR, known).advise(known)
    message = BOOK.message(to_room("r"), "advice", layout(advice, ADVISOR.catalogue, ()))
    assert len(advice.scopes) > MOST_TASKS
    assert len(json.dumps(message.card).encode()) < MOST_BYTES
    assert len(message.markdown.encode()) <= LONGEST
    first = message.markdown.partition("\n\n**")[0]
    assert all(f" {scope} " in f"{' '.join(first.split())} " for scope in advice.scopes)
