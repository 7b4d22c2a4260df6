"""Reads the scopes' data file, and refuses one that is damaged or contradicts itself.

The file names only the narrower neighbours of a scope; the wider ones follow from them.
What it leaves out has the default of :class:`bot.catalogue.scope.Scope`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.catalogue.scope import Access, Area, Confidence, Level, Risk, Scope
from bot.core.errors import ConsentryError

FILE = "scopes.json"
FORMAT = 1
"""The shape of the file. Raise it when an older Consentry could no longer read the file."""

_TEXTS = ("name", "matter", "explains", "does_not", "why", "grantable_by")
_CHOICES = {"level": Level, "access": Access, "risk": Risk, "confidence": Confidence}
_FLAGS = {"deprecated": False, "documented": True}
_KNOWN = {*_TEXTS, *_CHOICES, *_FLAGS, "areas", "narrower", "note"}


class CatalogueBroken(ConsentryError):
    """The catalogue that came with this installation cannot be used."""

    def __init__(self, fault: str, *, file: str = FILE) -> None:
        """Say what is wrong with which file, and how to get a good one."""
        super().__init__(
            f"The catalogue’s {file} is damaged: {fault}.",
            advice=f"Install Consentry again; if you changed {file}, correct that entry.",
        )


def read_scopes(text: str) -> dict[str, Scope]:
    """Turn the file's text into scopes by name, in the order of the file.

    Raises:
        CatalogueBroken: It is no JSON, lacks something, or names a scope that it does not hold.
    """
    scopes: dict[str, Scope] = {}
    for entry in _entries(text):
        scope = _scope(entry)
        if scope.name in scopes:
            raise CatalogueBroken(f"{scope.name} stands in it twice")
        scopes[scope.name] = scope
    return _with_wider(scopes)


def read_content(text: str, *, file: str, form: int) -> dict[str, Any]:
    """Read any data file of the catalogue as the JSON object that it must be.

    Args:
        form: The number of the shape that its ``format`` must name.

    Raises:
        CatalogueBroken: It is no JSON object of that format.
    """
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise CatalogueBroken(f"it is not valid JSON ({fault})", file=file) from fault
    if not isinstance(content, dict) or content.get("format") != form:
        raise CatalogueBroken(f"it is not of format {form}", file=file)
    return content


def _entries(text: str) -> list[object]:
    entries = read_content(text, file=FILE, form=FORMAT).get("scopes")
    if not isinstance(entries, list) or not entries:
        raise CatalogueBroken("it holds no scopes")
    return entries


def _scope(entry: object) -> Scope:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise CatalogueBroken("an entry has no name")
    try:
        return _checked(entry)
    except (KeyError, TypeError, ValueError) as fault:
        raise CatalogueBroken(f"{entry['name']} has a wrong or missing field: {fault}") from fault


def _checked(entry: Mapping[str, Any]) -> Scope:
    if strange := sorted(entry.keys() - _KNOWN):
        raise ValueError(", ".join(strange))
    fields: dict[str, Any] = {name: _text(entry[name], name) for name in _TEXTS}
    fields |= {name: choice(entry[name]) for name, choice in _CHOICES.items()}
    fields |= {name: _flag(entry.get(name, usual), name) for name, usual in _FLAGS.items()}
    return Scope(
        **fields,
        areas=tuple(Area(area) for area in entry["areas"]),
        narrower=tuple(_text(name, "narrower") for name in entry.get("narrower", ())),
        note=_text(entry["note"], "note") if "note" in entry else "",
    )


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(field)
    return value


def _flag(value: object, field: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(field)
    return value


def _with_wider(scopes: Mapping[str, Scope]) -> dict[str, Scope]:
    wider: defaultdict[str, list[str]] = defaultdict(list)
    for scope in scopes.values():
        _check_neighbours(scope, scopes.keys())
        for neighbour in scope.narrower:
            wider[neighbour].append(scope.name)
    return {name: replace(scope, wider=tuple(wider[name])) for name, scope in scopes.items()}


def _check_neighbours(scope: Scope, names: Iterable[str]) -> None:
    if strangers := set(scope.narrower) - (set(names) - {scope.name}):
        raise CatalogueBroken(f"{scope.name} has a wrong neighbour: {', '.join(sorted(strangers))}")
