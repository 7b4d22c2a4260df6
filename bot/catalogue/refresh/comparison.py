"""Compares what Webex publishes now with the operations that the catalogue holds.

Separate from the report, so that what differs is a value. Nothing here changes the scopes of an
operation that the catalogue holds: a person has checked those, and must check a change as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.catalogue.operation import Operation
from bot.catalogue.refresh.openapi import Published
from bot.catalogue.request import segments_of
from bot.catalogue.scope import Confidence

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An operation that is published in another way than the catalogue holds it."""

    operation: Operation
    published: Published

    @property
    def renamed(self) -> Operation:
        """The operation as it is called now, with the scopes that it had."""
        now = self.published
        return replace(
            self.operation, method=now.method, path=now.path, title=now.title, group=now.group
        )

    @property
    def is_renamed(self) -> bool:
        """Whether its path, title or group is another one."""
        return self.renamed != self.operation

    @property
    def has_other_scopes(self) -> bool:
        """Whether its text surely asks for other scopes, or names one that we do not hold."""
        says = self.published.says
        if says.any_of:
            return set(says.any_of) != set(self.operation.any_of)
        return not says.names <= self.operation.scopes


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs.

    Attributes:
        new: Published, and not in the catalogue; each with the operation that it would become.
        gone: In the catalogue, and in none of the files on their part of Webex.
        changed: In both, but not alike.
        strange_scopes: Names of scopes that the catalogue does not explain.
    """

    new: tuple[Change, ...]
    gone: tuple[Operation, ...]
    changed: tuple[Change, ...]
    strange_scopes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed or self.strange_scopes)


def compare(
    operations: Iterable[Operation], published: Iterable[Published], scopes: Collection[str]
) -> Comparison:
    """Find what is new, gone and changed, for the parts of Webex that the files cover.

    Args:
        scopes: The names that the catalogue explains.
    """
    held = {_key(operation): operation for operation in operations}
    now = _by_key(published, held)
    covered = {one.product for one in now.values()}
    changes = [Change(held[key], one) for key, one in now.items() if key in held]
    named = frozenset().union(*(one.says.names for one in now.values()))
    return Comparison(
        new=tuple(
            Change(_operation(one, scopes), one) for key, one in now.items() if key not in held
        ),
        gone=tuple(one for key, one in held.items() if key not in now and one.product in covered),
        changed=tuple(one for one in changes if one.is_renamed or one.has_other_scopes),
        strange_scopes=tuple(sorted(named.difference(scopes))),
    )


def refreshed(operations: Iterable[Operation], found: Comparison) -> list[Operation]:
    """Give the operations as they are published now; scopes stay as a person checked them."""
    renamed = {change.operation.name: change.renamed for change in found.changed}
    gone = {operation.name for operation in found.gone}
    kept = [renamed.get(one.name, one) for one in operations if one.name not in gone]
    return [*kept, *(change.operation for change in found.new)]


def _key(one: Operation | Published) -> Key:
    """Tell operations apart as requests do: the name of a placeholder does not count."""
    path = "/".join(segments_of(one.path))
    return one.method, re.sub(r"\{[^}]*\}", "{}", path)


def _by_key(published: Iterable[Published], held: Mapping[Key, Operation]) -> dict[Key, Published]:
    """Keep one of those that several files hold: of its own part of Webex, or else the first."""
    found: dict[Key, Published] = {}
    for one in published:
        key = _key(one)
        if key not in found or (key in held and held[key].product == one.product):
            found[key] = one
    return found


def _operation(one: Published, scopes: Collection[str]) -> Operation:
    """Make an operation of what was read; a machine's reading is never of high confidence."""
    is_understood = bool(one.says.any_of) and one.says.names.issubset(scopes)
    return Operation(
        one.method,
        one.path,
        title=one.title,
        product=one.product,
        group=one.group,
        any_of=one.says.any_of if is_understood else (),
        confidence=Confidence.MEDIUM if is_understood else Confidence.LOW,
    )
