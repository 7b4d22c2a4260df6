"""Compares the scopes of an integration with the tasks that it declares.

The advisor says what the tasks need; here that is held against what there is. A guess must not
accuse: whatever an unclear task may need counts as needed, and a scope that does the work is not
missing only because the advisor would have chosen a narrower one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.demands import Demand, Demands, demands_of
from bot.catalogue.scope import ALL_OF_A_PERSON
from bot.catalogue.scopes import Catalogue, UnknownScope
from bot.core.cover import Price, smallest_cover
from bot.core.finding import Dubious, Finding, Missing, Unneeded
from bot.core.scopes import KMS, WHO

_NAMED = 3
"""So many tasks are named in a sentence; the others are counted."""
_OURS = frozenset({WHO})
_OWN = Demand(task="", operation="", title="", any_of=(_OURS,), advised=(_OURS,), scopes=_OURS)
"""What Consentry itself needs, so that a wide scope is replaced by this one, too."""


def check(scopes: Sequence[str], tasks: Sequence[str], advisor: Advisor) -> Finding:
    """Look for scopes that are missing, more than needed, deprecated or unknown.

    Args:
        scopes: As they are registered, or requested.
        tasks: Each in plain words or as ``METHOD /path``; without any, nothing is missing.
    """
    found = _Comparison(tuple(scopes), advisor, tasks) if tasks else None
    return Finding(
        scopes=tuple(scopes),
        tasks=tuple(tasks),
        missing=tuple(found.missing()) if found else (),
        unneeded=tuple(found.unneeded()) if found else (),
        deprecated=tuple(_deprecated(scopes, advisor.catalogue)),
        unknown=tuple(_unknown(scopes, advisor.catalogue)),
        unclear=found.demands.unclear if found else (),
    )


def _deprecated(scopes: Iterable[str], catalogue: Catalogue) -> Iterator[Dubious]:
    for scope in catalogue.describe(scopes):
        if scope.deprecated:
            yield Dubious(scope.name, scope.note)


def _unknown(scopes: Iterable[str], catalogue: Catalogue) -> Iterator[Dubious]:
    for name in scopes:
        try:
            catalogue.explain(name)
        except UnknownScope as unknown:
            yield Dubious(name, f"It is not in the catalogue. {unknown.advice}")


class _Comparison:
    """The scopes that there are, beside what the tasks demand."""

    def __init__(self, scopes: tuple[str, ...], advisor: Advisor, tasks: Sequence[str]) -> None:
        self.scopes = scopes
        self.demands: Demands = demands_of(tasks, advisor)
        self._advisor = advisor
        self._covered = self._spread(scopes)
        self._lacking = {
            demand: min(
                (one - self._covered for one in demand.advised),
                key=lambda lacks: (len(lacks), sorted(lacks)),
            )
            for demand in self.demands.clear
            if not demand.is_met_by(self._covered)
        }

    def missing(self) -> Iterator[Missing]:
        """Name what no registered scope makes up for."""
        for scope in sorted(frozenset().union(*self._lacking.values())):
            held_up = [demand for demand, lacks in self._lacking.items() if scope in lacks]
            yield Missing(
                scope,
                why=_failing(held_up),
                tasks=tuple(dict.fromkeys(demand.task for demand in held_up)),
                operations=tuple(dict.fromkeys(demand.operation for demand in held_up)),
            )

    def unneeded(self) -> Iterator[Unneeded]:
        """Name what the tasks do not need, or do not need to be so wide."""
        for scope in self.scopes if self.demands.clear else ():
            if scope in self._spared:
                continue
            narrower = self._narrower(scope) if scope in self._kept else ()
            if narrower or scope not in self._kept:
                yield self._unneeded(scope, narrower)

    def _unneeded(self, scope: str, narrower: tuple[str, ...]) -> Unneeded:
        which = "clear" if self.demands.unclear else "declared"
        listed = ", ".join(narrower)
        if self._is_for_others(scope):
            rest = f"with {listed}" if narrower else "without it"
            why = f"For a person's own data every {which} task works {rest}."
            return Unneeded(scope, why, narrower, is_sure=False)
        why = (
            f"For the {which} tasks this will do, and reaches less: {listed}."
            if narrower
            else f"Every {which} task works without it."
        )
        return Unneeded(scope, why, narrower, is_sure=not self.demands.unclear)

    def _is_for_others(self, scope: str) -> bool:
        """Tell whether it may be there for other people's data, of which a request says nothing."""
        ways = (_best(demand) for demand in self.demands.clear if scope in demand.scopes)
        return self._goes_beyond({scope}) and not all(map(self._goes_beyond, ways))

    @cached_property
    def _spared(self) -> frozenset[str]:
        """Name what is never called unneeded: our own needs, and what may serve an open task."""
        unknown = {name for name in self.scopes if name not in self._advisor.catalogue}
        open_tasks = (demand.scopes for demand in self._lacking)
        spared = self.demands.maybe.union(*open_tasks, unknown, {KMS, WHO})
        is_all_open = bool((spared - {WHO}) & (self._covered - {*self.scopes, KMS}))
        return spared | {ALL_OF_A_PERSON} if is_all_open else spared

    @cached_property
    def _kept(self) -> frozenset[str]:
        """Choose from what there is, and what will be added, the least that does all tasks."""
        return smallest_cover([self._ways(demand) for demand in self._met], self._price)

    @cached_property
    def _met(self) -> tuple[Demand, ...]:
        return (*self.demands.clear, *((_OWN,) if WHO in self._covered else ()))

    def _ways(self, demand: Demand) -> list[frozenset[str]]:
        """Say in which ways a task can be done with what there is, and what will be added."""
        added = frozenset().union(*self._lacking.values())
        there = added.union(self.scopes, {KMS})
        return [
            one & there | ({ALL_OF_A_PERSON} if one - there else frozenset())
            for one in (*demand.any_of, *demand.advised)
            if one <= self._covered | added
        ]

    def _narrower(self, scope: str) -> tuple[str, ...]:
        """Find narrower scopes for the tasks that hang on this one; none where it is advised."""
        if scope in self.demands.advised:
            return ()
        rest = self._kept - {scope}
        hanging = [d for d in self._met if not any(way <= rest for way in self._ways(d))]
        instead = frozenset[str]().union(*map(_best, hanging))
        is_less = scope == ALL_OF_A_PERSON or self._reach(instead) < self._reach({scope})
        return tuple(sorted(instead - rest)) if is_less else ()

    def _spread(self, scopes: Iterable[str]) -> frozenset[str]:
        """Add what ``spark:all`` stands for, and what Webex adds by itself."""
        described = self._advisor.catalogue.describe(scopes)
        wide = (scope.narrower for scope in described if scope.name == ALL_OF_A_PERSON)
        return frozenset(scopes).union({KMS}, *wide)

    def _price(self, scope: str) -> Price:
        return (int(scope not in self.demands.advised), self._opens({scope}))

    def _reach(self, names: Collection[str]) -> tuple[bool, bool, int]:
        scopes = self._advisor.catalogue.describe(names)
        can_write = any(scope.can_write for scope in scopes)
        return self._goes_beyond(names), can_write, self._opens(names)

    def _goes_beyond(self, names: Iterable[str]) -> bool:
        scopes = self._advisor.catalogue.describe(names)
        return any(scope.reaches_beyond_a_person for scope in scopes)

    def _opens(self, names: Iterable[str]) -> int:
        found = (self._advisor.operations.needing(name) for name in names)
        return len({operation.name for operations in found for operation in operations})


def _best(demand: Demand) -> frozenset[str]:
    return min(demand.advised, key=sorted)


def _failing(demands: Sequence[Demand]) -> str:
    named = ", ".join(demand.title for demand in demands[:_NAMED])
    more = f", and {len(demands) - _NAMED} more" if len(demands) > _NAMED else ""
    caveat = " Webex states it nowhere; it is inferred, so try it."
    is_inferred = all(demand.is_inferred for demand in demands)
    return f"Without it this fails: {named}{more}.{caveat if is_inferred else ''}"
