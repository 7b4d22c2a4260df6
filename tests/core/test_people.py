from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people import Person, bare_id, is_same_id

BARE = "f5b36187-c8dd-4727-8b2f-f9c447f29046"


def encoded(geography: str, *, padded: bool = False) -> str:
    """Write the person as Webex does: base64 of a URI, without the padding."""
    text = base64.urlsafe_b64encode(f"ciscospark://{geography}/PEOPLE/{BARE}".encode()).decode()
    return text if padded else text.rstrip("=")


@pytest.mark.parametrize(
    "spelling", [BARE, encoded("us"), encoded("us", padded=True), encoded("urn:TEAM:eu-central")]
)
def test_every_spelling_of_an_id_names_the_same_person(spelling: str) -> None:
    assert bare_id(spelling) == BARE
    assert is_same_id(spelling, encoded("us"))


@pytest.mark.parametrize("other", ["", BARE[:-1], BARE.replace("f5", "f6"), encoded("us")[:-4]])
def test_another_id_is_another_person(other: str) -> None:
    assert not is_same_id(BARE, other)


def test_an_empty_id_is_nobody_not_even_itself() -> None:
    assert not is_same_id("", "")


def test_base64_of_something_else_is_taken_literally() -> None:
    text = base64.urlsafe_b64encode(b"https://example.com/PEOPLE/1").decode()
    assert bare_id(text) == text


@given(st.text())
def test_no_id_however_odd_breaks_the_comparison(odd: str) -> None:
    assert is_same_id(odd, odd) == bool(odd)


def test_a_domain_is_what_follows_the_last_at_sign_in_lower_case() -> None:
    assert Person("1", "anna@Example.COM").domain == "example.com"
    assert Person("1", "nobody").domain == ""


@pytest.mark.parametrize(
    ("email", "is_theirs"),
    [
        ("anna@example.com", True),
        ("ANNA@Example.com", True),
        ("ann@example.com", False),
        ("", False),
    ],
)
def test_a_person_has_one_address_in_whatever_case(email: str, is_theirs: bool) -> None:
    assert Person("1", "Anna@example.com").has_email(email) is is_theirs


def test_a_letter_that_turns_into_another_makes_no_address_of_somebody_else() -> None:
    assert not Person("1", "\N{KELVIN SIGN}ai@example.com").has_email("kai@example.com")


def test_a_person_is_called_by_name_or_else_by_address() -> None:
    assert Person("1", "anna@example.com", "Anna").called == "Anna"
    assert Person("1", "anna@example.com").called == "anna@example.com"


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("ann@Example.COM", "example.com"),
        ("example.com", ""),
        ("@example.com", ""),
        ("evil@evil.com@example.com", ""),
        ("u@\u212aaiser.example", ""),
        ("", ""),
    ],
)
def test_only_a_plain_address_has_a_domain(email: str, domain: str) -> None:
    assert Person("p", email).domain == domain
