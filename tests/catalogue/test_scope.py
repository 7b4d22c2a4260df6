from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.scope import Access, Risk, Scope


@pytest.mark.parametrize(
    ("access", "can_read", "can_change"),
    [
        (Access.READ, True, False),
        (Access.WRITE, False, True),
        (Access.READ_WRITE, True, True),
        (Access.OTHER, False, True),
    ],
)
def test_what_is_not_known_to_be_only_reading_counts_as_changing(
    access: Access, can_read: bool, can_change: bool
) -> None:
    scope = replace(Scope.unknown("a:b"), access=access)
    assert (scope.can_read, scope.can_change) == (can_read, can_change)


def test_an_unknown_scope_is_suspected_of_the_worst() -> None:
    scope = Scope.unknown("spark:nonsense")
    assert scope.risk is Risk.HIGH
    assert not scope.known
    assert not scope.documented
    assert scope.name == "spark:nonsense"
