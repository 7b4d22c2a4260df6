from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.scope import Access, Risk, Scope
from bot.catalogue.scopes import Catalogue


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


def test_a_scope_stands_for_itself_and_spark_all_for_the_ordinary_ones(
    catalogue: Catalogue,
) -> None:
    assert catalogue.explain("spark:messages_write").stands_for == {"spark:messages_write"}
    whole = catalogue.explain("spark:all").stands_for
    assert {"spark:all", "spark:messages_write", "meeting:schedules_read"} <= whole
    assert not any(scope.reaches_beyond_a_person for scope in catalogue.describe(whole))
