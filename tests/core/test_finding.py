from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.finding import Dubious, Finding, Missing, Unclear, Unneeded

FITS = Finding(scopes=("a:read", "b:read"), tasks=("GET /a",))
MISSING = Missing("m:read", "why", ("GET /m",), ("GET /m",))
SURE, GUESS = Unneeded("a:read", "why", ("n:read",)), Unneeded("a:read", "why", is_sure=False)
DUBIOUS, UNCLEAR = Dubious("b:read", "why"), Unclear("do it", "why")


@pytest.mark.parametrize(
    ("finding", "summary"),
    [
        (FITS, "they fit the declared tasks"),
        (replace(FITS, tasks=()), "no tasks are declared"),
        (replace(FITS, missing=(MISSING,)), "1 missing"),
        (replace(FITS, unneeded=(SURE, SURE)), "2 more than needed"),
        (replace(FITS, unneeded=(GUESS,)), "1 maybe not needed"),
        (replace(FITS, tasks=(), deprecated=(DUBIOUS,)), "1 deprecated"),
        (
            replace(FITS, unknown=(DUBIOUS,), unclear=(UNCLEAR,)),
            "1 unknown, 1 of the tasks unclear",
        ),
    ],
)
def test_a_finding_is_told_in_a_line(finding: Finding, summary: str) -> None:
    assert finding.summary == summary
    assert finding.is_flawless is summary.startswith(("they fit", "no tasks"))


def test_without_tasks_there_is_no_advice_and_without_flaws_neither() -> None:
    assert not FITS.is_advice
    assert not replace(FITS, tasks=(), deprecated=(DUBIOUS,)).is_advice
    assert replace(FITS, deprecated=(DUBIOUS,)).is_advice


def test_the_better_set_has_what_is_missing_and_lacks_what_is_surely_unneeded() -> None:
    found = replace(FITS, missing=(MISSING,), unneeded=(SURE,))
    assert found.better == ("b:read", "n:read", "m:read")


def test_a_guess_and_a_dubious_scope_take_nothing_away() -> None:
    found = replace(FITS, unneeded=(GUESS,), unknown=(DUBIOUS,), deprecated=(DUBIOUS,))
    assert found.better == found.scopes
