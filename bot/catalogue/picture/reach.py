"""What a set of scopes opens together, what adds nothing to it, and what lacks its partner.

Judged over the published operations. With whose power an operation is open counts, too: reading
one's own recordings and reading everybody's is the same operation, but not the same reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.scope import Confidence, Level, Scope

_Reached = frozenset[tuple[str, Level]]


@dataclass(frozen=True, slots=True)
class Redundant:
    """A scope that could go: the rest of the set opens the same, for the same people.

    Attributes:
        through: The scopes of the rest that open its operations.
        is_sure: False where some of that is inferred, because Webex states it nowhere.
    """

    scope: str
    through: tuple[str, ...]
    is_sure: bool

    @property
    def sentence(self) -> str:
        """Say what it means."""
        doubt = "" if self.is_sure else " Part of this is inferred; try it before you drop it."
        through = " and ".join(self.through)
        return f"All that {self.scope} opens is open through {through}, too.{doubt}"


@dataclass(frozen=True, slots=True)
class Idle:
    """A scope that opens nothing, because each operation asks for another one beside it."""

    scope: str
    lacks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say what it means."""
        return f"{self.scope} opens nothing without {' and '.join(self.lacks)} beside it."


class Reach:
    """Knows what a set opens, and what it would open without some of its scopes."""

    def __init__(self, scopes: Sequence[Scope], operations: Operations) -> None:
        """Look up every operation that one of the scopes plays a part in."""
        self._scopes = {scope.name: scope for scope in scopes}
        self._touched = {scope.name: _needing(scope, operations) for scope in self._scopes.values()}

    def opened(self) -> frozenset[str]:
        """Name the operations that the set opens."""
        touched = {one.name: one for several in self._touched.values() for one in several}
        return frozenset(name for name, _ in self._through(touched.values(), self._scopes))

    def redundant(self) -> tuple[Redundant, ...]:
        """Find the scopes that can all go at once; where either of two can, the wider one goes."""
        kept = dict.fromkeys(self._scopes)
        gone = []
        for name in sorted(self._active(), key=self._exposure, reverse=True):
            rest = kept.keys() - {name}
            touched = self._touched[name]
            if self._through(touched, rest) == self._through(touched, kept.keys()):
                del kept[name]
                gone.append(name)
        return tuple(self._redundant(name, kept) for name in self._scopes if name in gone)

    def idle(self) -> tuple[Idle, ...]:
        """Find the scopes that wait for another one which the set lacks."""
        waiting = [name for name, touched in self._touched.items() if touched]
        active = self._active()
        return tuple(Idle(name, self._lacking(name)) for name in waiting if name not in active)

    def _active(self) -> list[str]:
        """Name the scopes that take part in opening something."""
        held = self._held(self._scopes)
        return [
            name
            for name, touched in self._touched.items()
            if any(_opens(one, held, with_one_of=self._held([name])) for one in touched)
        ]

    def _redundant(self, name: str, kept: Iterable[str]) -> Redundant:
        held = self._held(kept)
        opened = [one for one in self._touched[name] if self._through([one], kept)]
        used = {scope for each in opened for one in each.any_of if one <= held for scope in one}
        through = [other for other in kept if used & self._scopes[other].stands_for]
        is_sure = all(one.confidence is not Confidence.LOW for one in opened)
        return Redundant(name, tuple(through), is_sure)

    def _lacking(self, name: str) -> tuple[str, ...]:
        held = self._held(self._scopes)
        gaps = [one - held for each in self._touched[name] for one in each.any_of if name in one]
        smallest = min(gaps, key=lambda gap: (len(gap), sorted(gap)))
        return tuple(sorted(smallest))

    def _through(self, touched: Iterable[Operation], names: Iterable[str]) -> _Reached:
        held = self._held(names)
        return frozenset(
            (operation.name, power)
            for operation in touched
            for one in operation.any_of
            if one and one <= held
            for power in (Level.USER, *map(self._level, one))
        )

    def _held(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._scopes[name].stands_for for name in names))

    def _level(self, name: str) -> Level:
        """Give a scope's level; what only ``spark:all`` brings along is a person's."""
        return self._scopes[name].level if name in self._scopes else Level.USER

    def _exposure(self, name: str) -> tuple[bool, bool, int, int, str]:
        scope = self._scopes[name]
        return (
            scope.reaches_beyond_a_person,
            scope.can_write,
            scope.risk.rank,
            len(self._touched[name]),
            name,
        )


def _needing(scope: Scope, operations: Operations) -> tuple[Operation, ...]:
    found = {one.name: one for name in scope.stands_for for one in operations.needing(name)}
    return tuple(found.values())


def _opens(operation: Operation, held: frozenset[str], *, with_one_of: frozenset[str]) -> bool:
    return any(one <= held and one & with_one_of for one in operation.any_of)
