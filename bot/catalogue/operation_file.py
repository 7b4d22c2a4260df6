"""Reads and writes the operations' data file, and refuses one that is damaged.

It holds products, in them groups, in them one operation per line, so that a change is one line of
a diff. What a line leaves out has the default of :class:`bot.catalogue.operation.Operation`, and
a high confidence. Scopes that are all needed stand in one string, as OAuth writes them; where an
operation needs none, that string is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bot.catalogue.operation import Operation, Product
from bot.catalogue.scope import Confidence
from bot.catalogue.scope_file import CatalogueBroken, read_content

FILE = "operations.json"
FORMAT = 1
"""The shape of the file. Raise it when an older Consentry could no longer read the file."""

_NAME = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/\S+)")
_SCOPES = re.compile(r"([\w:-]+( [\w:-]+)*)?")
_KNOWN = {"name", "title", "any_of", "confidence", "roles", "is_beta", "doubt"}


def read_operations(text: str) -> dict[str, Operation]:
    """Turn the file's text into operations by name, in the order of the file.

    Raises:
        CatalogueBroken: It is no JSON, lacks something, or holds an operation twice.
    """
    operations: dict[str, Operation] = {}
    for product, group, entry in _entries(text):
        operation = _operation(product, group, entry)
        if operation.name in operations:
            raise CatalogueBroken(f"{operation.name} stands in it twice", file=FILE)
        operations[operation.name] = operation
    return operations


def written(operations: Iterable[Operation]) -> str:
    """Write the file's text; products and groups keep the order in which they first come."""
    products: dict[str, dict[str, list[str]]] = {}
    for operation in operations:
        groups = products.setdefault(operation.product, {})
        groups.setdefault(operation.group, []).append(_json(_entry(operation)))
    blocks = {name: _object(_lists(groups)) for name, groups in products.items()}
    return f'{{"format":{FORMAT},"products":{_object(blocks)}}}\n'


def _entries(text: str) -> Iterator[tuple[Product, str, object]]:
    content = read_content(text, file=FILE, form=FORMAT)
    try:
        for product, groups in content["products"].items():
            for group, entries in groups.items():
                yield from [(Product(product), group, entry) for entry in entries]
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise CatalogueBroken(f"products or groups are wrong ({fault})", file=FILE) from fault


def _operation(product: Product, group: str, entry: object) -> Operation:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise CatalogueBroken(f"an operation of {group} has no name", file=FILE)
    try:
        return _checked(product, group, entry)
    except (KeyError, TypeError, ValueError) as fault:
        problem = f"{entry['name']} has a wrong or missing field: {fault}"
        raise CatalogueBroken(problem, file=FILE) from fault


def _checked(product: Product, group: str, entry: Mapping[str, Any]) -> Operation:
    if strange := sorted(entry.keys() - _KNOWN):
        raise ValueError(", ".join(strange))
    method, path = _method_and_path(entry["name"])
    return Operation(
        method,
        path,
        title=_text(entry["title"], "title"),
        product=product,
        group=group,
        any_of=_alternatives(_listed(entry.get("any_of", []))),
        confidence=_confidence(entry.get("confidence", "high")),
        roles=_roles(entry.get("roles")),
        is_beta=_flag(entry.get("is_beta", False)),
        doubt=_text(entry["doubt"], "doubt") if "doubt" in entry else "",
    )


def _method_and_path(name: str) -> tuple[str, str]:
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError("name")
    return match[1], match[2]


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(field)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("is_beta")
    return value


def _listed(value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TypeError("any_of")
    return tuple(value)


@cache
def _alternatives(sets: tuple[object, ...]) -> tuple[frozenset[str], ...]:
    """Make each distinct list of alternatives once, for most operations share one."""
    if len(set(sets)) != len(sets):
        raise ValueError("any_of")
    return tuple(map(_scopes, sets))


@cache
def _scopes(names: object) -> frozenset[str]:
    if not isinstance(names, str) or not _SCOPES.fullmatch(names):
        raise ValueError("any_of")
    return frozenset(names.split())


@cache
def _confidence(word: str) -> Confidence:
    return Confidence(word)


@cache
def _roles(words: str | None) -> tuple[str, ...]:
    return tuple(_text(words, "roles").split()) if words is not None else ()


def _entry(operation: Operation) -> dict[str, object]:
    """Leave out what has its default."""
    is_sure = operation.confidence is Confidence.HIGH
    fields = {
        "name": operation.name,
        "title": operation.title,
        "any_of": [" ".join(sorted(scopes)) for scopes in operation.any_of],
        "confidence": None if is_sure else operation.confidence,
        "roles": " ".join(operation.roles),
        "is_beta": operation.is_beta,
        "doubt": operation.doubt,
    }
    return {name: value for name, value in fields.items() if value}


def _lists(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: "[\n" + ",\n".join(lines) + "\n]" for name, lines in groups.items()}


def _object(members: Mapping[str, str]) -> str:
    """Put each member at the beginning of a line; its value is JSON already."""
    return "{\n" + ",\n".join(f"{_json(name)}:{value}" for name, value in members.items()) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
