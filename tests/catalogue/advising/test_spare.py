from __future__ import annotations

import pytest

from bot.core.scopes import WHO
from tests.catalogue.advising.checking import PIZZA, checked, told

OTHERS = "spark-compliance:rooms_read"


@pytest.mark.parametrize(
    ("scopes", "tasks", "why"),
    [
        (f"spark:calls_write spark:rooms_read {WHO}", ["GET /rooms"],
         "Every declared task works without it."),
        ("spark:all", ["GET /rooms"],
         f"For the declared tasks this will do, and reaches less: {WHO}, spark:rooms_read."),
        (f"spark:calls_write spark:rooms_read {WHO}", ["GET /rooms", PIZZA],
         "Every clear task works without it."),
        (f"{OTHERS} {WHO}", ["GET /rooms"],
         "For a person's own data every declared task works with spark:rooms_read."),
        (f"{OTHERS} spark:rooms_read {WHO}", ["GET /rooms"],
         "For a person's own data every declared task works without it."),
    ],
)  # fmt: skip
def test_an_accusation_says_what_still_works(scopes: str, tasks: list[str], why: str) -> None:
    (unneeded,) = checked(scopes, *tasks).unneeded
    assert unneeded.why == why


def test_spark_all_is_spared_where_only_it_brings_along_what_an_open_task_may_need() -> None:
    assert told(checked("spark:all", "GET /rooms", "tell the team")) == ""
    beside = "spark:all spark:rooms_read spark:messages_write spark:memberships_write"
    assert told(checked(f"{beside} {WHO}", "GET /rooms", "tell the team")) == "?spark:all"


def test_what_replaces_spark_all_names_who_consents_only_where_somebody_does() -> None:
    finding = checked("spark:all", "GET /rooms", is_for_a_person=False)
    assert told(finding) == "+spark:all=spark:rooms_read"


def test_what_will_be_added_for_consentry_counts_as_there() -> None:
    admins = "spark-admin:people_read"
    assert told(checked(admins, "GET /people/abc")) == f"-{WHO} ?{admins}"


@pytest.mark.parametrize("is_for_a_person", [True, False])
def test_neither_our_own_need_nor_what_webex_adds_is_accused(*, is_for_a_person: bool) -> None:
    scopes = f"spark:rooms_read spark:kms {WHO}"
    assert told(checked(scopes, "GET /rooms", is_for_a_person=is_for_a_person)) == ""


def test_without_a_clear_task_nothing_is_accused() -> None:
    assert told(checked(f"spark:calls_write {WHO}", PIZZA)) == ""
    assert told(checked(f"spark:calls_write {WHO}")) == ""
