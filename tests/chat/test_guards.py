import base64
from dataclasses import replace

import pytest

from bot.chat.guards import Allowed, Halt, halted
from bot.core.people import Person
from tests.chat.talk import ANA, EVE, HELPER
from tests.fakes import BOT

ALLOWED = Allowed(frozenset({"Example.com"}), frozenset({"our-org"}))


@pytest.mark.parametrize(
    ("person", "halt"),
    [
        (ANA, None),
        (replace(ANA, email="ANA@EXAMPLE.COM", org_id=""), None),
        (replace(EVE, org_id="our-org"), None),
        (EVE, Halt.STRANGER),
        (replace(EVE, email="eve@sub.example.com"), Halt.STRANGER),
        (replace(EVE, email="eve@example.com.evil.example"), Halt.STRANGER),
        (replace(EVE, email="", org_id=""), Halt.STRANGER),
        (HELPER, Halt.BOT),
        (replace(HELPER, email="helper@example.com"), Halt.BOT),
        (BOT, Halt.BOT),
    ],
)
def test_only_people_who_may_are_answered(person: Person, halt: Halt | None) -> None:
    assert halted(person, is_allowed=ALLOWED) is halt


def test_an_organisation_has_two_spellings() -> None:
    spelled = base64.urlsafe_b64encode(b"ciscospark://us/ORGANIZATION/our-org").decode()
    assert ALLOWED(replace(EVE, org_id=spelled))


def test_with_nobody_allowed_nobody_may() -> None:
    assert not Allowed(frozenset(), frozenset())(ANA)
