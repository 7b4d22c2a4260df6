from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.advising.check import check
from bot.core.finding import Finding
from bot.core.scopes import KMS, WHO
from tests.catalogue.advising.checking import (
    ADVISOR,
    CATALOGUE,
    OPERATIONS,
    PIZZA,
    checked,
    told,
    told_with_who,
)
from tests.catalogue.made_up import Unreadable

QUEUES = "GET /organization/{orgid}/v2/agent-burnout"
"""One of the many that cjp:config_read, cjp:config_write or cjp:config opens."""
OTHERS = "spark-compliance:rooms_read"


@pytest.mark.parametrize(
    ("scopes", "tasks", "finding"),
    [
        # it fits
        ("spark:rooms_read", ["GET /rooms"], ""),
        ("spark:rooms_read spark:kms spark:people_read", ["GET /rooms"], ""),
        ("spark:rooms_read", ["GET https://webexapis.com/v1/rooms?max=3"], ""),
        ("spark:messages_write", ["post alerts"], ""),
        ("spark:people_read", ["GET /people/me"], ""),
        ("spark-admin:people_read spark-admin:people_write", ["PUT /people/{personId}"], ""),
        # something is missing
        ("spark:people_read", ["GET /rooms"], "-spark:rooms_read"),
        ("spark:rooms_read", ["GET /rooms", "POST /messages"], "-spark:messages_write"),
        ("spark-admin:people_read", ["DELETE /people/abc"], "-spark-admin:people_write"),
        (WHO, ["POST /rooms", "POST /messages"], "-spark:messages_write -spark:rooms_write"),
        # something is too much
        ("spark:rooms_read spark:calls_write", ["GET /rooms"], "+spark:calls_write"),
        ("cjp:config cjp:config_read", [QUEUES], "+cjp:config"),
        # a wider one does the work: that is not missing
        ("cjp:config", [QUEUES], "+cjp:config=cjp:config_read"),
        ("spark:all", ["GET /rooms"], "+spark:all=spark:people_read,spark:rooms_read"),
        ("spark:all spark:people_read", ["GET /rooms"], "+spark:all=spark:rooms_read"),
        ("spark:all spark:rooms_read spark:people_read", ["GET /rooms"], "+spark:all"),
        # other people's data may be meant, of which a request says nothing
        (OTHERS, ["GET /rooms"], f"?{OTHERS}=spark:rooms_read"),
        (f"{OTHERS} spark:rooms_read", ["GET /rooms"], f"?{OTHERS}"),
        (OTHERS, ["list everyone's spaces"], ""),
        ("spark:rooms_read", ["list everyone's spaces"], ""),
        # a guess must not accuse
        ("spark:rooms_read a:b spark:calls_write", ["GET /rooms", PIZZA], "?spark:calls_write"),
        ("spark:rooms_read spark:memberships_write", ["GET /rooms", "tell the team"], ""),
        ("spark:rooms_read", ["GET /rooms", "tell the team"], ""),
        ("spark:calls_write", ["tell the team"], ""),
        ("spark:all", ["GET /rooms", "tell the team"], ""),
        # both at once
        ("spark:calls_write", ["POST /messages"], "-spark:messages_write +spark:calls_write"),
    ],
)  # fmt: skip
def test_scopes_are_held_against_tasks(scopes: str, tasks: list[str], finding: str) -> None:
    assert told_with_who(scopes, *tasks) == finding


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("tell the team", "It may mean POST /messages (Create a Message) or POST /memberships"),
        (PIZZA, "Webex orders no food."),
        ("mumble", "Nothing in the API fits."),
        ("GET /nowhere", "no operation with this path"),
        ("PATCH /rooms", "takes only GET, POST"),
    ],
)
def test_a_task_that_is_not_clear_is_named_with_the_reason(task: str, why: str) -> None:
    (unclear,) = checked("spark:rooms_read", task).unclear
    assert unclear.task == task
    assert why in unclear.why


def test_an_operation_whose_scopes_nobody_published_is_not_clear() -> None:
    unpublished = next(one for one in OPERATIONS if not one.any_of)
    finding = checked(f"spark:rooms_read {WHO}", unpublished.name, "GET /teams")
    assert "Webex does not say which scope" in finding.unclear[0].why
    assert told(finding) == "-spark:teams_read ?spark:rooms_read"


def test_deprecated_and_unknown_scopes_are_told_with_and_without_tasks() -> None:
    for tasks in ((), ("GET /people/me",)):
        finding = checked("spark:people_read spark:peple_read spark:places_read", *tasks)
        assert [one.scope for one in finding.deprecated] == ["spark:places_read"]
        assert "workspaces" in finding.deprecated[0].why
        assert [one.scope for one in finding.unknown] == ["spark:peple_read"]
        assert "Did you mean spark:people_read" in finding.unknown[0].why
        assert "spark:peple_read" not in [one.scope for one in finding.unneeded]


def test_without_tasks_nothing_is_missing_or_unneeded_and_no_words_are_read() -> None:
    advisor = replace(ADVISOR, ranking=Unreadable())
    finding = check(("spark:all",), (), advisor, is_for_a_person=True)
    assert finding == Finding(scopes=("spark:all",))


NAMES = st.sampled_from(sorted(scope.name for scope in CATALOGUE))
REQUESTS = st.sampled_from([one.name for one in OPERATIONS])


@settings(max_examples=150, deadline=None)
@given(
    scopes=st.lists(NAMES, max_size=12, unique=True),
    tasks=st.lists(REQUESTS, max_size=6, unique=True),
    is_for_a_person=st.booleans(),
)
def test_following_the_advice_lets_every_clear_task_work(
    *, scopes: list[str], tasks: list[str], is_for_a_person: bool
) -> None:
    before = check(scopes, tasks, ADVISOR, is_for_a_person=is_for_a_person)
    after = check(before.better, tasks, ADVISOR, is_for_a_person=is_for_a_person)
    assert not after.missing
    accused = {one.scope for one in before.unneeded}
    assert accused <= set(scopes) - {KMS, WHO}
    assert not accused & {one.scope for one in before.missing}


@settings(max_examples=80, deadline=None)
@given(tasks=st.lists(REQUESTS, min_size=1, max_size=6, unique=True))
def test_what_the_advisor_advises_has_no_flaw_in_it(tasks: list[str]) -> None:
    advice = ADVISOR.advise(tasks)
    finding = check((*advice.scopes, WHO), tasks, ADVISOR, is_for_a_person=True)
    assert told(finding) == ""
