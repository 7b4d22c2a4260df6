"""What a check found, as a terminal shows it."""

from __future__ import annotations

import json

import pytest

from bot.cli.findings import facts_of, lines, tell
from bot.core.finding import Dubious, Finding, Missing, Unclear, Unneeded

FOUND = Finding(
    scopes=("a:read", "b:read"),
    tasks=("do it",),
    missing=(Missing("m:read", "Why.", ("do it",), ("GET /m",)),),
    unneeded=(Unneeded("a:read", "Why.", is_sure=False),),
    deprecated=(Dubious("b:read", "Why."),),
    unknown=(Dubious("b:read", "Why."),),
    unclear=(Unclear("do it", "Why."),),
)


def test_each_remark_has_its_line_and_the_better_set_ends_it() -> None:
    assert list(lines(FOUND)) == [
        "missing: m:read  Why.",
        "maybe not needed: a:read  Why.",
        "deprecated: b:read  Why.",
        "unknown: b:read  Why.",
        "unclear: “do it”  Why.",
        "better: a:read b:read m:read",
    ]


def test_what_has_no_flaw_needs_no_line() -> None:
    assert list(lines(Finding(scopes=("a:read",), tasks=("do it",)))) == []


def test_a_script_gets_it_as_json() -> None:
    facts = json.loads(json.dumps(facts_of(FOUND)))
    assert facts["fits"] is False
    assert facts["missing"][0]["operations"] == ["GET /m"]
    assert facts["better"] == ["a:read", "b:read", "m:read"]


def test_a_change_is_told_with_its_check_where_there_is_something_to_check(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(Finding(scopes=("a:read",)))
    assert capsys.readouterr() == ("", "")
    tell(FOUND)
    out, err = capsys.readouterr()
    assert out.startswith("Checked against the declared tasks: 1 missing, 1 maybe not needed,")
    assert err == ""
