from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.check import check
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from bot.core.finding import Finding
from bot.core.scopes import KMS, WHO

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
QUEUES = "GET /organization/{orgid}/v2/agent-burnout"
"""One of the many that cjp:config_read, cjp:config_write or cjp:config opens."""


OTHERS, PIZZA = "spark-compliance:rooms_read", "order a pizza"


@dataclass
class Words:
    """Reads the words that a test teaches it."""

    known: dict[str, Phrase] = field(default_factory=dict)

    def teach(self, ask: str, *names: str, everyone: bool = False, doubtful: bool = False) -> None:
        meant = tuple(Candidate(OPERATIONS.named(name), 0.9) for name in names)
        self.known[ask] = Phrase(ask, meant, is_for_everyone=everyone, is_doubtful=doubtful)

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        return [self.known.get(ask, Phrase(ask)) for ask in asks]


WORDS = Words()
WORDS.teach("post alerts", "POST /messages")
WORDS.teach("list everyone's spaces", "GET /rooms", everyone=True)
WORDS.teach("tell the team", "POST /messages", "POST /memberships", doubtful=True)
WORDS.known[PIZZA] = Phrase(PIZZA, refusal="Webex orders no food.")
ADVISOR = Advisor(CATALOGUE, OPERATIONS, WORDS)


def checked(scopes: str, *tasks: str) -> Finding:
    return check(tuple(scopes.split()), tasks, ADVISOR)


def told(finding: Finding) -> str:
    """Write a finding short: -missing, +surely unneeded, ?maybe unneeded, =instead."""
    marks = [f"-{one.scope}" for one in finding.missing]
    for one in finding.unneeded:
        instead = f"={','.join(one.instead)}" if one.instead else ""
        marks.append(f"{'+' if one.is_sure else '?'}{one.scope}{instead}")
    return " ".join(marks)


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
        ("spark:rooms_read", ["list everyone's spaces"], f"-{OTHERS}"),
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
    assert told(checked(scopes, *tasks)) == finding


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
    finding = checked("spark:rooms_read", unpublished.name, "GET /teams")
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
    finding = check(("spark:all",), (), replace(ADVISOR, ranking=Unreadable()))
    assert finding == Finding(scopes=("spark:all",))


class Unreadable:
    def read(self, asks: Sequence[str]) -> list[Phrase]:
        raise AssertionError(asks)


NAMES = st.sampled_from(sorted(scope.name for scope in CATALOGUE))
REQUESTS = st.sampled_from([one.name for one in OPERATIONS])


@settings(max_examples=150, deadline=None)
@given(
    scopes=st.lists(NAMES, max_size=12, unique=True),
    tasks=st.lists(REQUESTS, min_size=1, max_size=6, unique=True),
)
def test_following_the_advice_lets_every_clear_task_work(
    scopes: list[str], tasks: list[str]
) -> None:
    before = check(scopes, tasks, ADVISOR)
    after = check(before.better, tasks, ADVISOR)
    assert not after.missing
    accused = {one.scope for one in before.unneeded}
    assert accused <= set(scopes) - {KMS, WHO}
    assert not accused & {one.scope for one in before.missing}


@settings(max_examples=80, deadline=None)
@given(tasks=st.lists(REQUESTS, min_size=1, max_size=6, unique=True))
def test_what_the_advisor_advises_has_no_flaw_in_it(tasks: list[str]) -> None:
    advice = ADVISOR.advise(tasks)
    finding = check((*advice.scopes, WHO), tasks, ADVISOR)
    assert told(finding) == ""
