from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import findings
from bot.core.finding import Dubious, Finding, Missing, Unclear, Unneeded
from bot.core.scopes import WHO

FITS = Finding(scopes=("a:read",), tasks=("GET /a",))
SPARE = Unneeded("a:read", "Every declared task works without it.")
MISSING = Missing("m:read", "why", ("GET /m",), ("GET /m",))
UNCLEAR = Unclear("do it", "why")


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (FITS, "Its scopes fit what it says it does."),
        (replace(FITS, unneeded=(SPARE,)), "more than its declared tasks need: a:read."),
        (replace(FITS, unneeded=(replace(SPARE, is_sure=False),)), "may not need, as far as I can"),
        (replace(FITS, missing=(MISSING,)), "asks for less than its declared tasks need"),
        (replace(FITS, missing=(replace(MISSING, scope=WHO),)), f"Without {WHO} I would not learn"),
        (replace(FITS, unclear=(UNCLEAR,)), "too unclear to tell whether its scopes fit"),
        (replace(FITS, tasks=("GET /a", "do it"), unclear=(UNCLEAR,)), "as far as that is clear"),
    ],
)
def test_the_person_who_consents_hears_how_the_scopes_fit(finding: Finding, said: str) -> None:
    told = findings.fit(finding)
    assert said in str(told["fit"])
    assert told["is_fit_told"]


def test_where_no_tasks_are_declared_nothing_is_said_of_a_fit() -> None:
    assert not findings.fit(replace(FITS, tasks=()))["is_fit_told"]
    assert findings.line(replace(FITS, tasks=())) == ""


def test_of_many_names_the_first_are_told_and_the_others_counted() -> None:
    spare = tuple(replace(SPARE, scope=f"s{number}:read") for number in range(9))
    assert str(findings.fit(replace(FITS, unneeded=spare))["fit"]).endswith("s5:read and 3 more.")


def test_a_deprecated_scope_is_told_in_the_line_even_without_tasks() -> None:
    found = replace(FITS, tasks=(), deprecated=(Dubious("a:read", "old"),))
    assert findings.line(found) == "Check of its scopes: 1 deprecated."


def test_the_advice_says_what_to_tick_and_untick_and_gives_the_new_set() -> None:
    spare = replace(SPARE, instead=("n:read",))
    told = findings.advice(replace(FITS, scopes=("a:read", "k:read"), unneeded=(spare,)))
    assert (told["ticked"], told["unticked"]) == ("n:read", "a:read")
    assert told["scopes"] == "k:read n:read"
    assert told["is_change"]


def test_a_set_too_long_for_a_line_is_not_given_in_halves() -> None:
    missing = tuple(replace(MISSING, scope=f"{'s' * 100}:{number}") for number in range(8))
    told = findings.advice(replace(FITS, missing=missing))
    assert told["is_long_change"]
    assert not told["is_change"]


def test_an_unclear_task_changes_no_scope() -> None:
    told = findings.advice(replace(FITS, unclear=(UNCLEAR,)))
    assert told["is_any_unclear"]
    assert not told["is_change"]
