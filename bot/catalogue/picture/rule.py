"""What a rule about dangerous combinations is made of, apart from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.catalogue.scope import Level, Scope


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of a combination asks for: a power, or one of some scopes.

    Attributes:
        is_met_by: Tells whether a scope is what it asks for.
        names: The scopes that it asks for by name; none where it asks for a power.
    """

    is_met_by: Callable[[Scope], bool]
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Danger:
    """What some scopes of a set amount to together."""

    sentence: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination: each part must be met by a scope of the set, be it all by the same."""

    sentence: str
    parts: tuple[Part, ...]

    def applied(self, scopes: Sequence[Scope]) -> Danger | None:
        """Give the danger with the scopes that make it; None where a part is lacking."""
        if not all(any(map(part.is_met_by, scopes)) for part in self.parts):
            return None
        involved = [one for one in scopes if any(part.is_met_by(one) for part in self.parts)]
        return Danger(self.sentence, tuple(one.name for one in involved))


def one_of(names: str) -> Part:
    """Ask for one of these scopes; ``spark:all`` counts as all that it stands for."""
    wanted = frozenset(names.split())
    return Part(lambda scope: not wanted.isdisjoint(scope.stands_for), wanted)


def administers(scope: Scope) -> bool:
    """Ask for a scope that only an administrator or a compliance officer can grant."""
    return scope.level in {Level.ADMIN, Level.COMPLIANCE}


def writes(scope: Scope) -> bool:
    """Ask for a scope that changes something."""
    return scope.can_write


def writes_elsewhere(scope: Scope) -> bool:
    """Ask for a scope that changes something which is not for compliance."""
    return scope.can_write and scope.level is not Level.COMPLIANCE
