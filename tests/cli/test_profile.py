"""An integration as it is printed."""

from __future__ import annotations

from dataclasses import replace

from bot.cli.profile import as_text, full_profile, profile_of
from bot.core.finding import Finding, Unclear
from tests.core.examples import CALLING, connected

FITS = Finding(scopes=CALLING.scopes, tasks=("GET /people/me",))


def test_a_profile_holds_no_secret() -> None:
    profile = full_profile(CALLING, [connected()], FITS)
    assert "client-secret" not in str(profile)
    assert "access-token" not in str(profile)
    assert profile_of(CALLING).items() <= profile.items()


def test_lists_are_written_a_line_each_and_nothing_as_a_dash() -> None:
    several = replace(CALLING, tasks=("GET /people/me", "call people"))
    found = replace(FITS, unclear=(Unclear("call people", "Why."),))
    text = as_text(full_profile(several, [connected()], found), found)
    assert "tasks: GET /people/me\n  call people\n" in text
    assert "check: 1 of the tasks unclear\n  unclear: “call people”  Why." in text
    assert "purpose: -\n" in text
    assert "email=anna@example.com" in text
