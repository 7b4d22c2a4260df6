import json
from typing import Any

import pytest

from bot.catalogue.operation import Operation, Product
from bot.catalogue.operation_file import read_operations, written
from bot.catalogue.scope import Confidence
from bot.catalogue.scope_file import CatalogueBroken

ENTRY: dict[str, Any] = {"name": "GET /rooms", "title": "List Rooms"}

FULL = Operation(
    "POST",
    "/rooms",
    title="Create a “Room”",
    product=Product.MESSAGING,
    group="Rooms",
    any_of=(frozenset({"spark:rooms_write", "spark:teams_read"}), frozenset({"spark:all"})),
    confidence=Confidence.LOW,
    roles=("full_admin", "read-only_admin"),
    is_beta=True,
    doubt="a doubt",
)


def file_with(*entries: object, product: str = "messaging", version: int = 1) -> str:
    return json.dumps({"format": version, "products": {product: {"Rooms": entries}}})


def test_what_a_line_leaves_out_has_its_usual_value() -> None:
    operation = read_operations(file_with(ENTRY))["GET /rooms"]
    assert (operation.method, operation.path, operation.group) == ("GET", "/rooms", "Rooms")
    assert operation.confidence is Confidence.HIGH
    assert (operation.any_of, operation.roles, operation.doubt) == ((), (), "")
    assert not operation.is_beta


def test_no_known_scope_and_no_needed_scope_are_told_apart() -> None:
    needless = ENTRY | {"name": "GET /open", "any_of": [""]}
    found = read_operations(file_with(ENTRY, needless))
    assert found["GET /rooms"].any_of == ()
    assert found["GET /open"].any_of == (frozenset(),)


def test_what_is_written_is_read_back_alike() -> None:
    plain = read_operations(file_with(ENTRY))["GET /rooms"]
    text = written([FULL, plain])
    assert list(read_operations(text).values()) == [FULL, plain]
    assert written(read_operations(text).values()) == text


def test_each_operation_has_a_line_of_its_own() -> None:
    plain = read_operations(file_with(ENTRY))["GET /rooms"]
    lines = written([FULL, plain]).splitlines()
    assert '{"name":"GET /rooms","title":"List Rooms"}' in lines
    assert len([line for line in lines if '"name"' in line]) == 2


def test_equal_alternatives_are_kept_once() -> None:
    entry = ENTRY | {"any_of": ["spark:rooms_read"]}
    one, other = read_operations(file_with(entry, entry | {"name": "GET /r"})).values()
    assert one.any_of is other.any_of


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "not valid JSON"),
        ("[]", "format 1"),
        (file_with(ENTRY, version=2), "format 1"),
        ('{"format": 1}', "products"),
        ('{"format": 1, "products": []}', "products or groups"),
        ('{"format": 1, "products": {"messaging": {"Rooms": null}}}', "products or groups"),
        (file_with(ENTRY, product="kitchen"), "kitchen"),
        (file_with("GET /rooms"), "an operation of Rooms has no name"),
        (file_with({"title": "List"}), "an operation of Rooms has no name"),
        (file_with(ENTRY, ENTRY), "GET /rooms stands in it twice"),
        (file_with(ENTRY | {"name": "LOOK /rooms"}), "name"),
        (file_with(ENTRY | {"name": "GET rooms"}), "name"),
        (file_with({"name": "GET /rooms"}), "title"),
        (file_with(ENTRY | {"title": " "}), "title"),
        (file_with(ENTRY | {"any_of": "spark:all"}), "any_of"),
        (file_with(ENTRY | {"any_of": [["spark:all"]]}), "wrong or missing field"),
        (file_with(ENTRY | {"any_of": [7]}), "any_of"),
        (file_with(ENTRY | {"any_of": ["spark:a  spark:b"]}), "any_of"),
        (file_with(ENTRY | {"any_of": ["spark:a", "spark:a"]}), "any_of"),
        (file_with(ENTRY | {"confidence": "great"}), "great"),
        (file_with(ENTRY | {"roles": ["full_admin"]}), "GET /rooms has a wrong"),
        (file_with(ENTRY | {"roles": ""}), "roles"),
        (file_with(ENTRY | {"is_beta": "yes"}), "is_beta"),
        (file_with(ENTRY | {"doubt": ""}), "doubt"),
        (file_with(ENTRY | {"scopes": []}), "scopes"),
    ],
)
def test_a_damaged_file_is_refused_with_its_fault(text: str, fault: str) -> None:
    with pytest.raises(CatalogueBroken) as caught:
        read_operations(text)
    assert fault in caught.value.message
    assert "operations.json" in caught.value.message
    assert "operations.json" in caught.value.advice
