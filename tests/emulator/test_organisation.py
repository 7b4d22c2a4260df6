from dataclasses import FrozenInstanceError

import pytest

from bot.emulator.organisation import Person


def test_a_person_belongs_to_our_organisation_unless_said_otherwise() -> None:
    assert Person("ana@clinic.example", "Ana") == Person(
        email="ana@clinic.example", display_name="Ana", roles=(), timezone="UTC", org=None
    )


def test_a_description_does_not_change() -> None:
    person = Person("ana@clinic.example", "Ana")
    with pytest.raises(FrozenInstanceError):
        person.email = "eve@else.example"  # type: ignore[misc]  # that it cannot is the promise
