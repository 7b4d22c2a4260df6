"""How people ask: the words of theirs that were written down for what Webex can and cannot do.

The model learns from all of it. An answer itself needs only the two kinds here: what is
impossible, with the reason, and what a webhook can watch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bot.catalogue.scope_file import CatalogueBroken

FOLDER = "words"


@dataclass(frozen=True, slots=True)
class Impossible:
    """A kind of wish that Webex's API cannot fulfil.

    Attributes:
        why: The reason, in a sentence that people read.
        nearest: The operation that comes closest, or nothing.
    """

    id: str
    why: str
    asks: tuple[str, ...]
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A resource that a webhook can watch; Webex asks for the scope that reads it.

    Source: https://developer.webex.com/docs/api/guides/webhooks.

    Attributes:
        reads: The operation that reads the resource, whose scopes count; empty where none does.
        any_of: The alternatives where no operation reads it.
    """

    resource: str
    asks: tuple[str, ...]
    reads: str = ""
    any_of: tuple[frozenset[str], ...] = ()


def impossible() -> dict[str, Impossible]:
    """Read what Webex cannot do, by id."""
    return {
        entry["id"]: Impossible(
            entry["id"], entry["why"], tuple(entry["asks"]), entry["nearest"] or ""
        )
        for entry in words("impossible.json")
    }


def watched() -> dict[str, Watched]:
    """Read what a webhook can watch, by resource."""
    return {entry["resource"]: _watched(entry) for entry in words("watched.json")}


def asks_for_operations() -> dict[str, list[str]]:
    """Read what people say for each operation, by its name."""
    asks: dict[str, list[str]] = words("operations.json")
    for entry in words("whose.json"):
        if entry["operations"]:
            asks.setdefault(entry["operations"][0], []).append(entry["ask"])
    return asks


def words(name: str) -> Any:  # noqa: ANN401 - whoever asks knows the shape of the file
    """Read one of the vocabulary's files.

    Raises:
        CatalogueBroken: It is no JSON.
    """
    file = resources.files("bot.catalogue").joinpath(FOLDER, name)
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise CatalogueBroken(f"it is not valid JSON ({fault})", file=name) from fault


def _watched(entry: Mapping[str, Any]) -> Watched:
    any_of = tuple(frozenset(one) for one in entry.get("any_of", ()))
    return Watched(entry["resource"], tuple(entry["asks"]), entry.get("reads", ""), any_of)
