from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import UnregisteredScopes
from bot.core.scopes import KMS, missing, parse, to_request

NAMES = st.lists(st.sampled_from(["a:read", "b:read", "c:write", "spark:people_read", KMS]))


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("", ()),
        ("  \n ", ()),
        ("a:read", ("a:read",)),
        ("a:read, b:read\tc:write", ("a:read", "b:read", "c:write")),
        ("b:read a:read b:read", ("b:read", "a:read")),
    ],
)
def test_scopes_are_read_once_each_in_the_order_given(text: str, scopes: tuple[str, ...]) -> None:
    assert parse(text) == scopes


@given(NAMES, NAMES)
def test_missing_is_what_is_wanted_and_not_held(wanted: list[str], held: list[str]) -> None:
    assert set(missing(wanted, held)) == set(wanted) - set(held)


def test_a_scope_that_is_not_registered_is_named_before_any_link_is_made() -> None:
    with pytest.raises(UnregisteredScopes) as refused:
        to_request(("a:read", "b:read", "c:write"), ("b:read",))
    assert "a:read, c:write" in refused.value.message
    assert "b:read" not in refused.value.message
    assert "developer.webex.com" in refused.value.advice


@pytest.mark.parametrize(
    ("wanted", "requested"),
    [
        (("spark:people_read",), ("spark:people_read",)),
        (("spark:messages_read",), ("spark:messages_read", KMS)),
        (("spark:all",), ("spark:all", KMS)),
        (("spark:rooms_read", "a:read"), ("spark:rooms_read", "a:read", KMS)),
        ((KMS, "spark:teams_read"), (KMS, "spark:teams_read")),
        (("spark-compliance:messages_read",), ("spark-compliance:messages_read", KMS)),
    ],
)
def test_the_key_scope_joins_once_where_content_is_touched(
    wanted: tuple[str, ...], requested: tuple[str, ...]
) -> None:
    assert to_request(wanted, wanted) == requested


def test_the_key_scope_needs_no_registration() -> None:
    assert to_request((KMS,), ()) == (KMS,)
