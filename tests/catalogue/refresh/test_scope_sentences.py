import pytest

from bot.catalogue.refresh.scope_sentences import read_sentences

FAMILIES = {"spark", "spark-admin", "identity", "cjp"}


def told(text: str) -> str:
    """Write the alternatives as ``a+b | c``."""
    any_of = read_sentences(text, FAMILIES).any_of
    return " | ".join("+".join(sorted(scopes)) for scopes in any_of)


@pytest.mark.parametrize(
    ("text", "any_of"),
    [
        ("Needs a token with the `spark:a` scope. It lists things.", "spark:a"),
        ("It lists things.\n\nNeeds a scope of `spark:a`.", "spark:a"),
        ("Requires `spark:a`. Do use `spark:a`.", "spark:a"),
        ("Requires [scope](/docs) 'spark:a'", "spark:a"),
        ("Needs the `spark:a` and `cjp:b` scopes.", "cjp:b+spark:a"),
        ("Needs spark:a, spark:b, and cjp:c scopes.", "cjp:c+spark:a+spark:b"),
        ("Needs the spark:a scope and the spark:b scope.", "spark:a+spark:b"),
        ("Needs the scopes spark:a or spark:b.", "spark:a | spark:b"),
        ("Needs spark:a, spark:b, or cjp:c.", "spark:a | spark:b | cjp:c"),
        (
            "A full administrator with `spark:a` or a read-only one with a token of `spark:b`.",
            "spark:a | spark:b",
        ),
        (
            "One of the following scopes is required:\n\n - `spark:a`.\n- `cjp:b`.",
            "spark:a | cjp:b",
        ),
        ("One of the following:\n* `spark:a` or\n* `cjp:b`\n\n**Roles:** one", "spark:a | cjp:b"),
        ("Any of the scopes spark:a, spark:b, and cjp:c will do.", "spark:a | spark:b | cjp:c"),
        ("Deleting any of the rooms needs spark:a and spark:b.", "spark:a+spark:b"),
    ],
)
def test_what_is_plainly_said_is_understood(text: str, any_of: str) -> None:
    assert told(text) == any_of


@pytest.mark.parametrize(
    "text",
    [
        "Needs spark:a and either spark:b or spark:c.",
        "Needs spark:a, spark:b.",
        "Needs spark:a for reading. Needs spark:b for writing.",
        "Needs spark:a to read or spark:b to write, or both.",
        "Needs spark:a and/or spark:b.",
        "Needs spark:a and a person with cjp:b.",
        "Needs spark:a, unless the person has another role.",
        "A token that does not have spark:a but has spark:b.",
        "Needs spark:a. Also takes spark:a of others.",
        "One of the following scopes: spark:a for rooms, spark:b for teams.",
    ],
)
def test_what_is_not_surely_understood_is_left_to_a_person(text: str) -> None:
    said = read_sentences(text, FAMILIES)
    assert said.any_of == ()
    assert "spark:a" in said.names


def test_saying_nothing_is_not_the_same_as_needing_nothing() -> None:
    assert read_sentences("It lists things.", FAMILIES).any_of == ()
    assert read_sentences("No specific scope is needed here.", FAMILIES).any_of == (frozenset(),)


def test_a_new_family_is_known_by_its_ending_and_anything_else_is_none() -> None:
    text = "Needs vidcast:clips_read. See https://a.b:80/c, sort:asc, at 10:30, urn:cisco:read."
    assert read_sentences(text, FAMILIES).names == {"vidcast:clips_read"}
