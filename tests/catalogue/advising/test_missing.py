from __future__ import annotations

import pytest

from bot.catalogue.advising.demands import Demand
from bot.catalogue.advising.missing import CONSENTRYS_OWN, Needs
from bot.core.scopes import WHO
from tests.catalogue.advising.checking import OPERATIONS, checked, told

UNKNOWN_ACCOUNT = (
    "Without it Webex does not say which account consented, and Consentry keeps no token of an "
    "unknown account."
)


def test_what_is_missing_names_the_tasks_and_operations_that_fail() -> None:
    (missing,) = checked(WHO, "post alerts", "POST /messages").missing
    assert missing.tasks == ("post alerts", "POST /messages")
    assert missing.operations == ("POST /messages",)
    assert missing.why == ("Without it this fails: “post alerts” (POST /messages), POST /messages.")


def test_of_many_tasks_that_fail_some_are_named_and_the_others_counted() -> None:
    tasks = [f"GET /rooms/{number}" for number in range(5)]
    (missing,) = checked(WHO, *tasks).missing
    assert len(missing.tasks) == 5
    assert missing.why.endswith("(GET /rooms/{roomId}), and 2 more.")


def test_an_inferred_need_is_said_to_be_inferred() -> None:
    inferred = next(one for one in OPERATIONS if one.confidence == "low" and one.any_of)
    (missing, *_) = checked("spark:xapi_statuses", inferred.name).missing
    assert "inferred" in missing.why


@pytest.mark.parametrize("tasks", [(), ("GET /rooms",)])
def test_who_consents_must_be_known_with_and_without_tasks(tasks: tuple[str, ...]) -> None:
    (missing,) = checked("spark:rooms_read", *tasks).missing
    assert (missing.scope, missing.why) == (WHO, UNKNOWN_ACCOUNT)
    assert missing.tasks == missing.operations == ()


def test_a_task_that_fails_without_it_is_told_first() -> None:
    (missing,) = checked("spark:rooms_read", "GET /people/me", "GET /rooms").missing
    assert missing.why == f"Without it this fails: GET /people/me. {UNKNOWN_ACCOUNT}"
    assert missing.tasks == ("GET /people/me",)


def test_nobody_consents_to_a_service_app_so_that_it_lacks_nothing() -> None:
    assert told(checked("spark:rooms_read", "GET /rooms", is_for_a_person=False)) == ""
    assert told(checked("a:b", is_for_a_person=False)) == ""


@pytest.mark.parametrize("held", [WHO, "spark:all"])
def test_who_consents_is_known_through_what_stands_for_it_too(held: str) -> None:
    assert checked(held).missing == ()


def test_of_the_ways_to_do_a_task_the_one_that_lacks_the_least_is_advised() -> None:
    ways = (frozenset({"a", "b"}), frozenset({"c"}), frozenset({"held", "d", "e"}))
    demand = Demand("do it", "GET /a", "GET /a", any_of=ways, advised=ways, scopes=frozenset())
    needs = Needs((demand, CONSENTRYS_OWN), held=frozenset({"held", WHO}))
    assert needs.to_add == {demand: {"c"}}
    assert needs.added == {"c"}
    assert Needs((demand,), held=frozenset({"a", "b"})).added == frozenset()
