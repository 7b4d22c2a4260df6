from bot.catalogue.operation import Operation, Product
from bot.catalogue.scope import Confidence


def operation(*any_of: frozenset[str]) -> Operation:
    return Operation(
        "GET",
        "/rooms/{roomId}",
        title="Get Room Details",
        product=Product.MESSAGING,
        group="Rooms",
        any_of=any_of,
        confidence=Confidence.MEDIUM,
    )


def test_an_operation_is_named_by_its_method_and_path() -> None:
    assert operation().name == "GET /rooms/{roomId}"


def test_its_scopes_are_those_of_all_alternatives() -> None:
    alternatives = (frozenset({"a:read", "a:write"}), frozenset({"a:read", "b:all"}))
    assert operation(*alternatives).scopes == {"a:read", "a:write", "b:all"}


def test_whether_nothing_is_known_or_nothing_is_needed_no_scope_plays_a_part() -> None:
    assert operation().scopes == operation(frozenset()).scopes == frozenset()
