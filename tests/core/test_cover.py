"""The smallest cover: against brute force, and that nothing in it can be spared."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from bot.core.cover import Price, smallest_cover

PRICES = {
    "admin:read": (1, 0, 1),
    "admin:write": (1, 1, 1),
    "compliance": (1, 0, 1),
    "user:read": (0, 0, 1),
    "user:write": (0, 1, 1),
    "user:both": (0, 1, 1),
    "extra": (0, 0, 1),
    "other": (0, 0, 1),
}
scope_sets = st.frozensets(st.sampled_from(sorted(PRICES)), min_size=1, max_size=3)
needs_of_any_kind = st.lists(st.lists(scope_sets, max_size=4), max_size=6)


def price(scope: str) -> Price:
    """Look up a price: beyond a person, writing, one more scope."""
    return PRICES[scope]


def total(scopes: frozenset[str]) -> Price:
    """Add the prices of a set up."""
    return tuple(map(sum, zip((0, 0, 0), *map(price, scopes), strict=True)))


def satisfied(need: list[frozenset[str]], scopes: frozenset[str]) -> bool:
    """Whether one alternative is wholly held; a need without any asks for nothing."""
    return not need or any(one <= scopes for one in need)


@given(needs_of_any_kind)
def test_no_choice_of_alternatives_is_cheaper(needs: list[list[frozenset[str]]]) -> None:
    choices = product(*[need for need in needs if need])
    cheapest = min(total(frozenset().union(*choice)) for choice in choices)
    assert total(smallest_cover(needs, price)) == cheapest


@given(needs_of_any_kind)
def test_no_set_of_scopes_at_all_is_cheaper(needs: list[list[frozenset[str]]]) -> None:
    found = smallest_cover(needs, price)
    for size in range(len(PRICES) + 1):
        for scopes in map(frozenset, combinations(PRICES, size)):
            if all(satisfied(need, scopes) for need in needs):
                assert total(found) <= total(scopes)


@given(needs_of_any_kind)
def test_every_need_is_satisfied_and_each_scope_is_needed(
    needs: list[list[frozenset[str]]],
) -> None:
    found = smallest_cover(needs, price)
    assert all(satisfied(need, found) for need in needs)
    for scope in found:
        assert not all(satisfied(need, found - {scope}) for need in needs)


@given(needs_of_any_kind)
def test_the_order_of_needs_and_alternatives_changes_nothing(
    needs: list[list[frozenset[str]]],
) -> None:
    shuffled = [list(reversed(need)) for need in reversed(needs)]
    assert smallest_cover(shuffled, price) == smallest_cover(needs, price)


def test_one_scope_for_two_needs_beats_the_cheapest_of_each() -> None:
    needs = [
        [frozenset({"user:read"}), frozenset({"user:both"})],
        [frozenset({"user:write"}), frozenset({"user:both"})],
    ]
    assert smallest_cover(needs, price) == {"user:both"}


def test_two_scopes_of_a_person_are_cheaper_than_one_of_an_administrator() -> None:
    needs = [[frozenset({"admin:read"}), frozenset({"user:read", "extra"})]]
    assert smallest_cover(needs, price) == {"user:read", "extra"}


def test_nothing_is_needed_for_nothing() -> None:
    assert smallest_cover([], price) == frozenset()
    assert smallest_cover([[]], price) == frozenset()
    assert smallest_cover([[frozenset()]], price) == frozenset()
