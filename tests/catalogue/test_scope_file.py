import json
from typing import Any

import pytest

from bot.catalogue.scope_file import CatalogueBroken, read_scopes
from bot.catalogue.scopes import Risk

ENTRY: dict[str, Any] = {
    "name": "a:write",
    "matter": "a thing",
    "explains": "Change a thing.",
    "does_not": "Cannot do else.",
    "level": "user",
    "access": "write",
    "risk": "medium",
    "why": "a thing may break",
    "grantable_by": "anybody",
    "areas": ["Calling"],
    "confidence": "low",
}


def file_with(*entries: object, version: int = 1) -> str:
    return json.dumps({"format": version, "scopes": entries})


def test_what_an_entry_leaves_out_has_its_usual_value() -> None:
    scope = read_scopes(file_with(ENTRY))["a:write"]
    assert scope.risk is Risk.MEDIUM
    assert (scope.narrower, scope.wider, scope.note) == ((), (), "")
    assert scope.documented
    assert not scope.deprecated


def test_the_wider_neighbours_follow_from_the_narrower_ones() -> None:
    wide = ENTRY | {"narrower": ["a:read"]}
    scopes = read_scopes(file_with(wide, ENTRY | {"name": "a:read"}))
    assert scopes["a:read"].wider == ("a:write",)
    assert scopes["a:write"].wider == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "not valid JSON"),
        ("[]", "format 1"),
        (file_with(ENTRY, version=2), "format 1"),
        (file_with(), "no scopes"),
        (file_with("a:write"), "has no name"),
        (file_with({"explains": "Do."}), "has no name"),
        (file_with(ENTRY, ENTRY), "a:write stands in it twice"),
        (file_with(ENTRY | {"level": "king"}), "'king'"),
        (file_with(ENTRY | {"access": "look"}), "'look'"),
        (file_with(ENTRY | {"areas": ["Kitchen"]}), "'Kitchen'"),
        (file_with(ENTRY | {"areas": None}), "a:write"),
        (file_with(ENTRY | {"explains": " "}), "explains"),
        (file_with(ENTRY | {"why": 7}), "why"),
        (file_with(ENTRY | {"note": ""}), "note"),
        (file_with(ENTRY | {"deprecated": "no"}), "deprecated"),
        (file_with(ENTRY | {"wider": ["a:all"]}), "wider"),
        (file_with(ENTRY | {"narrower": ["a:read"]}), "a:read"),
        (file_with(ENTRY | {"narrower": ["a:write"]}), "wrong neighbour: a:write"),
        (file_with({key: ENTRY[key] for key in ENTRY if key != "risk"}), "risk"),
    ],
)
def test_a_damaged_file_is_refused_with_its_fault(text: str, fault: str) -> None:
    with pytest.raises(CatalogueBroken) as caught:
        read_scopes(text)
    assert fault in caught.value.message
    assert "Install Consentry again" in caught.value.advice
