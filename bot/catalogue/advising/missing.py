"""Names the scopes that an integration lacks: for its tasks, and for Consentry itself.

Separate from what could go, which is judged over what there is together with what lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.catalogue.advising.demands import Demand
from bot.core.finding import Missing
from bot.core.scopes import WHO

_NAMED = 3
"""So many tasks are named in a sentence; the others are counted."""
_OURS = frozenset({WHO})
CONSENTRYS_OWN = Demand(
    task="", operation="", title="", any_of=(_OURS,), advised=(_OURS,), scopes=_OURS
)
"""What Consentry itself needs of an integration that people consent to; it is no task."""


class Needs:
    """What has to work, beside the scopes that there are.

    Attributes:
        demands: Those of the clear tasks, and Consentry's own where it has one.
        held: Every scope that counts as there.
        to_add: What lacks, for each demand that is not met.
    """

    def __init__(self, demands: tuple[Demand, ...], *, held: frozenset[str]) -> None:
        """Find what lacks."""
        self.demands = demands
        self.held = held
        self.to_add = {
            demand: min(
                (one - held for one in demand.advised),
                key=lambda lacks: (len(lacks), sorted(lacks)),
            )
            for demand in demands
            if not demand.is_met_by(held)
        }

    @property
    def added(self) -> frozenset[str]:
        """Every scope that lacks."""
        return frozenset().union(*self.to_add.values())

    def missing(self) -> Iterator[Missing]:
        """Name what no registered scope makes up for."""
        for scope in sorted(self.added):
            held_up = [demand for demand, lacks in self.to_add.items() if scope in lacks]
            tasks = [demand for demand in held_up if demand != CONSENTRYS_OWN]
            yield Missing(
                scope,
                why=" ".join(_reasons(tasks, is_ours=CONSENTRYS_OWN in held_up)),
                tasks=tuple(dict.fromkeys(demand.task for demand in tasks)),
                operations=tuple(dict.fromkeys(demand.operation for demand in tasks)),
            )


def _reasons(tasks: Sequence[Demand], *, is_ours: bool) -> Iterator[str]:
    if tasks:
        yield _failing(tasks)
    if is_ours:
        yield (
            "Without it Webex does not say which account consented, and Consentry keeps no token "
            "of an unknown account."
        )


def _failing(tasks: Sequence[Demand]) -> str:
    named = ", ".join(task.title for task in tasks[:_NAMED])
    more = f", and {len(tasks) - _NAMED} more" if len(tasks) > _NAMED else ""
    caveat = " Webex states it nowhere; it is inferred, so try it."
    is_inferred = all(task.is_inferred for task in tasks)
    return f"Without it this fails: {named}{more}.{caveat if is_inferred else ''}"
