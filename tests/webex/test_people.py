import pytest

from bot.core.errors import WebexBusy
from bot.core.people import Person
from bot.webex.people import read_person


def test_a_person_is_read_with_the_first_address() -> None:
    answer = {
        "id": "p1",
        "emails": ["ana@example.com", "old@example.com"],
        "displayName": "Ana Ruiz",
        "orgId": "o1",
        "type": "person",
    }
    assert read_person(answer) == Person("p1", "ana@example.com", "Ana Ruiz", "o1")


@pytest.mark.parametrize(("kind", "is_human"), [("bot", False), ("appuser", False), ("", True)])
def test_only_people_are_human(kind: str, is_human: bool) -> None:
    assert read_person({"id": "p1", "type": kind}).is_human is is_human


@pytest.mark.parametrize("emails", [None, [], "ana@example.com", [None], {}])
def test_odd_addresses_read_as_none(emails: object) -> None:
    assert read_person({"id": "p1", "emails": emails}).email == ""


def test_an_answer_that_is_no_person_is_not_taken_for_one() -> None:
    with pytest.raises(WebexBusy):
        read_person(["nobody"])
