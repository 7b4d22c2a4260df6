"""The advisor: the smallest set of scopes, whatever the tasks, and a reason for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.advising.advice import Advice, Phrase, Reason
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.scope import ALL_OF_A_PERSON, Confidence
from bot.catalogue.scopes import Catalogue
from bot.core.scopes import KMS
from tests.catalogue.made_up import (
    CATALOGUE,
    OPERATIONS,
    SCOPES,
    Hearing,
    Unreadable,
    broken_without,
    operation,
    phrase,
)
from tests.fixed_ranking import FixedRanking


def advised(*operations: Operation, everyone: bool = False) -> tuple[str, ...]:
    """Advise on operations that nobody but the test knows."""
    asks = [f"do it {number}" for number in range(len(operations))]
    known = {
        ask: phrase(ask, one, everyone=everyone) for ask, one in zip(asks, operations, strict=True)
    }
    advisor = Advisor(Catalogue(SCOPES), Operations(operations), FixedRanking(known))
    return advisor.advise(asks).scopes


def asked(*asks: str, known: Sequence[Phrase] = ()) -> Advice:
    ranking = FixedRanking({one.ask: one for one in known})
    return Advisor(CATALOGUE, OPERATIONS, ranking).advise(asks)


def meant(advice: Advice) -> list[str]:
    return [one.operations[0].operation.name for one in advice.phrases if one.operations]


# Reading


def test_a_request_is_looked_up_and_no_words_are_read() -> None:
    advice = Advisor(CATALOGUE, OPERATIONS, Unreadable()).advise(
        ["GET https://webexapis.com/v1/rooms/Y2lz?max=5", " post /messages "]
    )
    assert meant(advice) == ["GET /rooms/{roomId}", "POST /messages"]
    assert advice.scopes == ("spark:messages_write", "spark:rooms_read")
    assert [one.ask for one in advice.phrases][1] == "post /messages"
    assert advice.phrases[0].operations[0].score == 1


def test_words_and_requests_keep_the_order_in_which_they_were_asked() -> None:
    people, teams = OPERATIONS.named("GET /people"), OPERATIONS.named("GET /teams")
    advice = asked(
        *("who is who", "GET /rooms", "which teams", "GET /nowhere"),
        known=[phrase("which teams", teams), phrase("who is who", people)],
    )
    assert meant(advice) == ["GET /people", "GET /rooms", "GET /teams"]
    assert [one.ask for one in advice.phrases] == [
        *("who is who", "GET /rooms", "which teams", "GET /nowhere")
    ]


def test_the_words_are_read_together_for_they_explain_each_other() -> None:
    heard = Hearing([])
    Advisor(CATALOGUE, OPERATIONS, heard).advise(["one", "GET /rooms", " two ", "", "\n"])
    assert heard.asks == [["one", "two"]]


@pytest.mark.parametrize("asks", [[], [""], ["  ", "\n\t"]])
def test_for_nothing_nothing_is_advised(asks: list[str]) -> None:
    assert Advisor(CATALOGUE, OPERATIONS, Unreadable()).advise(asks) == Advice((), (), (), (), ())


def test_what_is_not_found_is_named_and_adds_no_scope() -> None:
    refused = Phrase("order a pizza", refusal="Webex orders no food.")
    advice = asked(
        *("order a pizza", "mumble", "GET /rooms", "GET /nowhere", "PATCH /rooms"),
        known=[refused],
    )
    assert advice.not_found == ("order a pizza", "mumble", "GET /nowhere", "PATCH /rooms")
    assert advice.scopes == ("spark:rooms_read",)
    assert advice.phrases[3].refusal == "Webex publishes no operation with this path."
    assert advice.phrases[4].refusal == "Webex has this path, but it takes only GET, POST."


def test_where_nothing_is_found_nothing_is_advised() -> None:
    advice = asked("mumble", "GET /nowhere")
    assert (advice.scopes, advice.because) == ((), ())
    assert advice.not_found == ("mumble", "GET /nowhere")


# Choosing


def test_a_persons_own_scope_is_enough_for_their_own_data() -> None:
    rooms = OPERATIONS.named("GET /rooms")
    assert asked("mine", known=[phrase("mine", rooms)]).scopes == ("spark:rooms_read",)


def test_for_everybodys_data_it_is_not() -> None:
    rooms = phrase("all of them", OPERATIONS.named("GET /rooms"), everyone=True)
    assert asked("all of them", known=[rooms]).scopes == ("spark-compliance:rooms_read",)


def test_where_no_scope_reaches_further_a_persons_own_must_do() -> None:
    assert advised(operation("/a", "a_read", "b_write"), everyone=True) == ("a_read",)


def test_a_wide_scope_beside_one_of_a_person_reaches_far() -> None:
    mixed = operation("/a", "a_read", "admin_a_read b_read")
    assert advised(mixed, everyone=True) == ("admin_a_read", "b_read")


def test_the_same_operation_for_oneself_and_for_everybody_takes_the_wide_scope_alone() -> None:
    rooms = OPERATIONS.named("GET /rooms")
    advice = asked(
        *("mine", "everybody's"),
        known=[phrase("mine", rooms), phrase("everybody's", rooms, everyone=True)],
    )
    assert advice.scopes == ("spark-compliance:rooms_read",)
    assert [one.operations for one in advice.because] == [(rooms,)]


def test_everything_of_a_person_is_never_advised_while_there_is_a_choice() -> None:
    meeting = operation("/a", ALL_OF_A_PERSON, "admin_write b_write", "admin_write a_read")
    assert advised(meeting) == ("a_read", "admin_write")
    assert advised(operation("/b", f"{ALL_OF_A_PERSON} a_read", "admin_write")) == ("admin_write",)


def test_everything_of_a_person_is_advised_where_there_is_no_choice() -> None:
    assert advised(operation("/a", ALL_OF_A_PERSON)) == (ALL_OF_A_PERSON,)


def test_a_scope_of_a_person_beats_an_administrators_even_if_it_writes_and_there_are_more() -> None:
    assert advised(operation("/a", "admin_a_read", "a_write b_write")) == ("a_write", "b_write")


def test_reading_beats_writing_even_if_there_are_more() -> None:
    assert advised(operation("/a", "a_write", "a_read b_read")) == ("a_read", "b_read")


def test_of_scopes_alike_fewer_are_better() -> None:
    assert advised(operation("/a", "b_read c_read", "a_read")) == ("a_read",)
    assert advised(operation("/a", "a_read", "c_read"), operation("/b", "b_read", "c_read")) == (
        "c_read",
    )


def test_of_equals_the_one_that_opens_least_is_advised_and_then_the_first_by_name() -> None:
    either, opened = operation("/a", "c_read", "b_read"), operation("/b", "b_read", "b_write")
    known = {"do it": phrase("do it", either)}
    ranking = FixedRanking(known)
    both = Advisor(Catalogue(SCOPES), Operations([either, opened]), ranking)
    assert both.advise(["do it"]).scopes == ("c_read",)
    assert replace(both, operations=Operations([either])).advise(["do it"]).scopes == ("b_read",)


def test_of_equals_the_same_is_advised_in_any_order() -> None:
    alternatives = ("b_read", "c_read", "a_read")
    one = operation("/a", *alternatives)
    other = operation("/a", *reversed(alternatives))
    assert advised(one) == advised(other) == ("a_read",)


def test_one_scope_that_opens_much_beats_two_that_open_little() -> None:
    much = [operation(f"/{number}", "a_read") for number in range(9)]
    advisor = Advisor(
        Catalogue(SCOPES),
        Operations(much),
        FixedRanking({"do it": phrase("do it", operation("/x", "b_read c_read", "a_read"))}),
    )
    assert advisor.advise(["do it"]).scopes == ("a_read",)


# Reasons


def test_a_reason_names_the_operations_that_would_break_once_each() -> None:
    advice = asked("GET /rooms", "GET /rooms/abc", "GET /people/me", "GET /rooms?max=3")
    assert [(one.scope, [each.name for each in one.operations]) for one in advice.because] == [
        ("spark:people_read", ["GET /people/me"]),
        ("spark:rooms_read", ["GET /rooms", "GET /rooms/{roomId}"]),
    ]


def test_what_works_otherwise_is_no_reason() -> None:
    flexible, strict = operation("/a", "a_read", "b_read"), operation("/b", "a_read")
    other = operation("/c", "b_read")
    known = {one.path: phrase(one.path, one) for one in (flexible, strict, other)}
    operations = Operations(())
    advice = Advisor(Catalogue(SCOPES), operations, FixedRanking(known)).advise(known)
    assert advice.because == (
        Reason("a_read", (strict,), Confidence.HIGH),
        Reason("b_read", (other,), Confidence.HIGH),
    )


def test_a_reason_is_as_sure_as_the_least_sure_of_its_operations() -> None:
    sure = operation("/a", "a_read")
    less = operation("/b", "a_read b_read", confidence=Confidence.MEDIUM)
    least = operation("/c", "b_read", confidence=Confidence.LOW)
    known = {one.path: phrase(one.path, one) for one in (sure, less, least)}
    advisor = Advisor(Catalogue(SCOPES), Operations(()), FixedRanking(known))
    assert [one.confidence for one in advisor.advise(known).because] == ["medium", "low"]


NAMES = st.sampled_from([one.name for one in OPERATIONS])
EVERYONES = st.frozensets(NAMES, max_size=4)


@settings(max_examples=150, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=10), everyones=EVERYONES)
def test_without_any_advised_scope_exactly_the_operations_named_break(
    names: list[str], everyones: frozenset[str]
) -> None:
    """Held against the alternatives as they stand, not against what the advisor makes of them."""
    wishes = [(name, False) for name in names] + [(name, True) for name in everyones]
    known = {
        f"wish {number}": phrase(f"wish {number}", OPERATIONS.named(name), everyone=everyone)
        for number, (name, everyone) in enumerate(wishes)
    }
    advisor = Advisor(CATALOGUE, OPERATIONS, FixedRanking(known))
    advice = advisor.advise(known)
    held = frozenset(advice.scopes)
    assert broken_without(frozenset(), held, known.values()) == set()
    assert [reason.scope for reason in advice.because] == sorted(held) == list(advice.scopes)
    for reason in advice.because:
        named = [one.name for one in reason.operations]
        assert set(named) == broken_without({reason.scope}, held, known.values())
        assert len(set(named)) == len(named) > 0
    assert not held & {KMS, ALL_OF_A_PERSON}
    assert advisor.advise(reversed(known)).scopes == advice.scopes
