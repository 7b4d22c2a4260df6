from bot.catalogue.picture.rule import (
    Part,
    Rule,
    administers,
    one_of,
    writes,
    writes_elsewhere,
)
from bot.catalogue.scopes import Catalogue

RULE = Rule("It is dangerous.", (one_of("spark:rooms_read spark:teams_read"), Part(writes)))


def test_a_rule_holds_when_each_part_is_met_and_names_the_scopes_that_meet_them(
    catalogue: Catalogue,
) -> None:
    scopes = catalogue.describe(["spark:people_read", "spark:teams_read", "spark:rooms_write"])
    danger = RULE.applied(scopes)
    assert danger is not None
    assert danger.sentence == "It is dangerous."
    assert danger.scopes == ("spark:teams_read", "spark:rooms_write")


def test_a_rule_is_silent_when_a_part_is_lacking(catalogue: Catalogue) -> None:
    assert RULE.applied(catalogue.describe(["spark:teams_read", "spark:rooms_read"])) is None
    assert RULE.applied(catalogue.describe(["spark:rooms_write"])) is None
    assert RULE.applied([]) is None


def test_what_stands_for_many_scopes_meets_every_part_by_itself(catalogue: Catalogue) -> None:
    danger = RULE.applied(catalogue.describe(["spark:all"]))
    assert danger is not None
    assert danger.scopes == ("spark:all",)


def test_powers_are_told_apart(catalogue: Catalogue) -> None:
    read, write, own = catalogue.describe(
        ["spark-compliance:messages_read", "spark-compliance:messages_write", "spark:rooms_write"]
    )
    assert [administers(one) for one in (read, write, own)] == [True, True, False]
    assert [writes(one) for one in (read, write, own)] == [False, True, True]
    assert [writes_elsewhere(one) for one in (read, write, own)] == [False, False, True]


def test_a_part_gives_the_names_that_it_asks_for_and_a_power_has_none() -> None:
    named, power = RULE.parts
    assert named.names == {"spark:rooms_read", "spark:teams_read"}
    assert power.names == frozenset()
