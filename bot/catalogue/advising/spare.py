"""Names the scopes that could go, or give way to narrower ones, and every task would still work.

Separate from what lacks: to call a scope unneeded is an accusation, so most of what stands here is
about when not to raise it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.demands import Demand, Demands
from bot.catalogue.advising.missing import Needs
from bot.catalogue.scope import ALL_OF_A_PERSON
from bot.core.cover import Price, smallest_cover
from bot.core.finding import Unneeded
from bot.core.scopes import KMS, WHO


class Spare:
    """The scopes that there are, beside the least that would do."""

    def __init__(
        self, scopes: Sequence[str], needs: Needs, *, demands: Demands, advisor: Advisor
    ) -> None:
        """Take what there is and what is demanded; nothing is judged before it is asked for."""
        self._scopes = tuple(scopes)
        self._demands = demands
        self._needs = needs
        self._clear_and_ours = needs.demands
        self._advisor = advisor

    def unneeded(self) -> Iterator[Unneeded]:
        """Name what the tasks do not need, or do not need to be so wide."""
        for scope in self._scopes if self._demands.clear else ():
            if scope in self._never_accused:
                continue
            narrower = self._narrower(scope) if scope in self._enough else ()
            if narrower or scope not in self._enough:
                yield self._unneeded(scope, narrower)

    def _unneeded(self, scope: str, narrower: tuple[str, ...]) -> Unneeded:
        which = "clear" if self._demands.unclear else "declared"
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
        return Unneeded(scope, why, narrower, is_sure=not self._demands.unclear)

    def _is_for_others(self, scope: str) -> bool:
        """Tell whether it may be there for other people's data, of which a request says nothing."""
        clear = self._demands.clear
        ways = (_advised_way(demand) for demand in clear if scope in demand.scopes)
        return self._goes_beyond({scope}) and not all(map(self._goes_beyond, ways))

    @cached_property
    def _never_accused(self) -> frozenset[str]:
        """Name what is spared: our own needs, and what may serve an open task.

        ``spark:all`` is spared where only it brings along something that is spared.
        """
        unknown = {name for name in self._scopes if name not in self._advisor.catalogue}
        open_tasks = (demand.scopes for demand in self._needs.to_add)
        spared = self._demands.maybe.union(*open_tasks, unknown, {KMS, WHO})
        only_through_all = self._needs.held - {*self._scopes, KMS}
        return spared | {ALL_OF_A_PERSON} if (spared - {WHO}) & only_through_all else spared

    @cached_property
    def _enough(self) -> frozenset[str]:
        """Choose from what there is, and what will be added, the least that does all tasks."""
        ways = [self._ways_with_what_there_is(demand) for demand in self._clear_and_ours]
        return smallest_cover(ways, self._price)

    def _ways_with_what_there_is(self, demand: Demand) -> list[frozenset[str]]:
        """Say in which ways a task can be done with what there is, and what will be added.

        Where only ``spark:all`` brings a scope along, keeping ``spark:all`` is the way.
        """
        there = self._needs.added.union(self._scopes, {KMS})
        return [
            one & there | ({ALL_OF_A_PERSON} if one - there else frozenset())
            for one in (*demand.any_of, *demand.advised)
            if one <= self._needs.held | self._needs.added
        ]

    def _narrower(self, scope: str) -> tuple[str, ...]:
        """Find narrower scopes for the tasks that hang on this one; none where it is advised."""
        if scope in self._demands.advised:
            return ()
        rest = self._enough - {scope}
        instead = frozenset[str]().union(*map(_advised_way, self._failing_with(rest)))
        is_less = scope == ALL_OF_A_PERSON or self._reach(instead) < self._reach({scope})
        return tuple(sorted(instead - rest)) if is_less else ()

    def _failing_with(self, scopes: frozenset[str]) -> Iterator[Demand]:
        for demand in self._clear_and_ours:
            if not any(way <= scopes for way in self._ways_with_what_there_is(demand)):
                yield demand

    def _price(self, scope: str) -> Price:
        return (int(scope not in self._demands.advised), self._opens({scope}))

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


def _advised_way(demand: Demand) -> frozenset[str]:
    return min(demand.advised, key=sorted)
