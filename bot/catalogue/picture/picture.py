"""A whole set of scopes as one picture: what an integration with it can do, to whom, and what for.

Reading scope by scope shows the trees; a person who decides needs the wood. Only facts stand
here, each short enough for a card; how they are laid out is the chat's and the terminal's part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.catalogue.limits import cannot, overall_risk
from bot.catalogue.operations import Operations
from bot.catalogue.picture.audience import Audience, audience
from bot.catalogue.picture.dangers import dangers
from bot.catalogue.picture.reach import Idle, Reach, Redundant
from bot.catalogue.picture.rule import Danger
from bot.catalogue.scope import Risk, Scope
from bot.core.scopes import KMS

_EVERYWHERE = "Everywhere"
_AREAS_OF_EVERYWHERE = 8
"""A scope that touches so many areas is told once, not in each of them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a set of scopes amounts to.

    Attributes:
        scopes: The names, in the order given.
        audience: Whose data is reached, at the most.
        reads: What it shows, by area, each in a few words.
        changes: What it lets the integration change or do, likewise.
        cannot: What is ruled out, in sentences.
        operations: The names of the published operations that the set opens.
        redundant: Scopes that can all be dropped without closing anything.
        idle: Scopes that open nothing, because they lack another one beside them.
        dangers: What is dangerous in combination, the gravest first.
        deprecated: Scopes that Webex has withdrawn or replaced.
        undocumented: Scopes about which Webex publishes nothing.
        unknown: Names that the catalogue does not hold.
    """

    scopes: tuple[str, ...]
    risk: Risk
    audience: Audience
    reads: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[str, ...]]
    cannot: tuple[str, ...]
    operations: frozenset[str]
    redundant: tuple[Redundant, ...]
    idle: tuple[Idle, ...]
    dangers: tuple[Danger, ...]
    deprecated: tuple[str, ...]
    undocumented: tuple[str, ...]
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, scopes: Sequence[Scope], operations: Operations) -> Picture:
        """Draw it.

        Args:
            scopes: The whole set as :meth:`bot.catalogue.scopes.Catalogue.describe` gives it,
                unknown ones included.
        """
        reach = Reach(scopes, operations)
        return cls(
            scopes=tuple(scope.name for scope in scopes),
            risk=overall_risk(scopes),
            audience=audience(scopes),
            reads=_by_area(scopes, lambda scope: scope.can_read),
            changes=_by_area(scopes, lambda scope: scope.can_change),
            cannot=tuple(cannot(scopes)),
            operations=reach.opened(),
            redundant=reach.redundant(),
            idle=reach.idle(),
            dangers=dangers(scopes),
            deprecated=_named(scopes, lambda scope: scope.deprecated),
            undocumented=_named(scopes, lambda scope: scope.known and not scope.documented),
            unknown=_named(scopes, lambda scope: not scope.known),
        )

    @property
    def remarks(self) -> list[str]:
        """Say what in the set should be mended or asked about, the surest first."""
        told = (
            (self.unknown, "Unknown: {}. Check the spelling."),
            (self.deprecated, "Withdrawn or replaced by Webex: {}."),
            (self.undocumented, "Webex publishes nothing about {}."),
        )
        return [
            *(sentence.format(", ".join(names)) for names, sentence in told if names),
            *(one.sentence for one in self.idle),
            *(one.sentence for one in self.redundant),
        ]


def _by_area(
    scopes: Sequence[Scope], does_it: Callable[[Scope], bool]
) -> dict[str, tuple[str, ...]]:
    """Put what the scopes are about under the area that each belongs to first of all."""
    found: dict[str, dict[str, None]] = {}
    for scope in scopes:
        if scope.known and scope.name != KMS and does_it(scope):
            found.setdefault(_chief_area(scope), {})[scope.matter] = None
    return {area: tuple(matters) for area, matters in found.items()}


def _chief_area(scope: Scope) -> str:
    return _EVERYWHERE if len(scope.areas) >= _AREAS_OF_EVERYWHERE else scope.areas[0]


def _named(scopes: Sequence[Scope], fits: Callable[[Scope], bool]) -> tuple[str, ...]:
    return tuple(scope.name for scope in scopes if fits(scope))
