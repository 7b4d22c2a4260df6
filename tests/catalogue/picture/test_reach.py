"""What is open and what adds nothing: against a brute-force reading of the alternatives."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.operations import Operations
from bot.catalogue.picture.reach import Reach
from bot.catalogue.scope import Level
from bot.catalogue.scopes import Catalogue

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
NAMES = sorted(scope.name for scope in CATALOGUE)
USED = [name for name in NAMES if OPERATIONS.needing(name)]
SETS = st.lists(st.sampled_from(USED), max_size=25, unique=True)


def reach(names: Iterable[str]) -> Reach:
    return Reach(CATALOGUE.describe(names), OPERATIONS)


def open_to(names: Iterable[str]) -> set[tuple[str, Level]]:
    """Read all operations anew: each that is open, with whose power."""
    described = CATALOGUE.describe(names)
    held = {name: Level.USER for scope in described for name in scope.stands_for}
    held |= {scope.name: scope.level for scope in described}
    return {
        (operation.name, power)
        for operation in OPERATIONS
        for one in operation.any_of
        if one and one <= held.keys()
        for power in {Level.USER, *(held[name] for name in one)}
    }


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_what_is_open_is_what_brute_force_finds(names: list[str]) -> None:
    assert reach(names).opened() == {name for name, _ in open_to(names)}


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_what_is_redundant_can_go_at_once_and_nothing_else_can(names: list[str]) -> None:
    found = reach(names)
    gone = {one.scope for one in found.redundant()}
    idle = {one.scope for one in found.idle()}
    kept = [name for name in names if name not in gone]
    whole = open_to(names)
    assert open_to(kept) == whole
    for name in kept:
        without = open_to([other for other in kept if other != name])
        assert (without == whole) == (name in idle)


@settings(max_examples=40, deadline=None)
@given(SETS)
def test_what_stands_in_for_a_redundant_scope_opens_all_of_it(names: list[str]) -> None:
    whole = open_to(names)
    for one in reach(names).redundant():
        rest = open_to([name for name in names if name != one.scope])
        through = {name for name, _ in open_to(one.through)}
        touched = {operation.name for operation in OPERATIONS.needing(one.scope)}
        assert rest == whole
        assert {name for name, _ in whole} & touched <= through


@settings(max_examples=40, deadline=None)
@given(SETS)
def test_an_idle_scope_opens_something_with_what_it_lacks(names: list[str]) -> None:
    for one in reach(names).idle():
        assert not set(one.lacks) & set(names)
        assert open_to([*names, *one.lacks]) - open_to(
            name for name in [*names, *one.lacks] if name != one.scope
        )


@pytest.mark.parametrize("name", [name for name in NAMES if not OPERATIONS.needing(name)])
def test_a_scope_without_operations_is_neither_redundant_nor_idle(name: str) -> None:
    found = reach([name, "spark:all", "spark-admin:people_read"])
    assert name not in {one.scope for one in found.redundant()}
    assert name not in {one.scope for one in found.idle()}


def test_reading_beside_writing_is_not_redundant_unless_the_operations_say_so() -> None:
    assert reach(["spark:messages_read", "spark:messages_write"]).redundant() == ()
    assert reach(["spark-admin:people_read", "spark-admin:people_write"]).redundant() == ()
    (told,) = reach(["identity:people_read", "identity:people_rw"]).redundant()
    assert (told.scope, told.through) == ("identity:people_read", ("identity:people_rw",))


def test_everybodys_data_is_never_covered_by_ones_own() -> None:
    names = ["spark:messages_read", "spark-compliance:messages_read"]
    assert "spark-compliance:messages_read" not in {one.scope for one in reach(names).redundant()}
    (told,) = reach(["meeting:schedules_write", "meeting:admin_schedule_write"]).redundant()
    assert told.scope == "meeting:schedules_write"


def test_a_compliance_officers_power_does_not_replace_an_administrators() -> None:
    assert (
        reach(["spark-admin:recordings_read", "spark-compliance:recordings_read"]).redundant() == ()
    )


def test_beside_spark_all_its_own_parts_are_redundant_and_others_are_not() -> None:
    found = reach(["spark:all", "spark:rooms_read", "spark-admin:devices_read"]).redundant()
    assert [(one.scope, one.through) for one in found] == [("spark:rooms_read", ("spark:all",))]


def test_of_two_that_open_the_same_the_wider_one_goes() -> None:
    (told,) = reach(["cjp:config", "cjp:config_read", "cjp:config_write"]).redundant()
    assert told.scope == "cjp:config"
    assert not told.is_sure
    assert "inferred" in told.sentence


def test_a_scope_that_lacks_its_partner_is_told_with_what_it_lacks() -> None:
    (told,) = reach(["identity:tokens_write"]).idle()
    assert told.lacks == ("identity:tokens_read",)
    assert told.sentence == (
        "identity:tokens_write opens nothing without identity:tokens_read beside it."
    )
    assert reach(["identity:tokens_write", "identity:tokens_read"]).idle() == ()


def test_unknown_scopes_open_nothing() -> None:
    assert reach(["spark:everything"]).opened() == frozenset()
    assert reach([]).opened() == frozenset()
