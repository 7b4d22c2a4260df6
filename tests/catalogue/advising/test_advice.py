"""The values of an advice: how an ask is quoted, and what a phrase may mean."""

from __future__ import annotations

from bot.catalogue.advising.advice import Candidate, Phrase, shown
from tests.catalogue.made_up import OPERATIONS, operation, phrase

ADDRESS = f"GET https://webexapis.com/v1/nowhere/{'Y2lz' * 50}?max=5"


def test_a_short_ask_is_shown_as_it_is_in_one_line() -> None:
    assert shown(" list\n my   spaces ") == "list my spaces"
    assert shown("x" * 80) == "x" * 80


def test_a_long_ask_is_cut_at_a_character_for_an_address_is_one_word() -> None:
    assert shown(ADDRESS) == f"{ADDRESS[:79]}…"
    assert shown(ADDRESS, 20) == "GET https://webexap…"


def test_before_the_cut_no_gap_is_left() -> None:
    assert shown("post it " * 20, 9) == "post it…"


def test_readings_are_the_first_of_each_set_of_alternatives_in_their_order() -> None:
    likeliest, same = operation("/a", "a_read", "b_read"), operation("/b", "b_read", "a_read")
    other, none = operation("/c", "a_read"), operation("/d")
    meant = phrase("do it", likeliest, same, other, none, operation("/e", "a_read"))
    assert [one.operation for one in meant.readings] == [likeliest, other, none]
    assert Phrase("do it").readings == ()


def test_why_it_was_not_found_is_the_refusal_or_that_nothing_fits() -> None:
    assert Phrase("pizza", refusal="Webex orders no food.").why_not_found == "Webex orders no food."
    assert Phrase("mumble").why_not_found.startswith("Nothing in the API fits.")
    assert phrase("do it", OPERATIONS.named("GET /rooms")).why_not_found == ""


def test_an_operation_is_asked_for_by_its_name_and_a_webhook_with_what_it_watches() -> None:
    webhook = OPERATIONS.named("POST /webhooks")
    assert Candidate(webhook, 0.5).phrase == "POST /webhooks"
    assert Candidate(webhook, 0.5, watches="rooms").phrase == "POST /webhooks on rooms"
