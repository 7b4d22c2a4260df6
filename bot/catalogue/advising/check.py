"""Compares the scopes of an integration with the tasks that it declares.

The advisor says what the tasks need; here that is held against what there is. A guess must not
accuse: whatever an unclear task may need counts as needed, and a scope that does the work is not
missing only because the advisor would have chosen a narrower one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.demands import demands_of
from bot.catalogue.advising.missing import CONSENTRYS_OWN, Needs
from bot.catalogue.advising.spare import Spare
from bot.catalogue.scopes import Catalogue, UnknownScope
from bot.core.finding import Dubious, Finding
from bot.core.scopes import KMS


def check(
    scopes: Sequence[str], tasks: Sequence[str], advisor: Advisor, *, is_for_a_person: bool
) -> Finding:
    """Look for scopes that are missing, more than needed, deprecated or unknown.

    Args:
        scopes: As they are registered, or requested.
        tasks: Each in plain words or as ``METHOD /path``; without any, only what Consentry itself
            needs can be missing.
        advisor: Says what the tasks need.
        is_for_a_person: Whether its tokens are of the person who consents, whom Consentry must
            know; those of a service app are not.
    """
    demands = demands_of(tasks, advisor)
    needed = (*demands.clear, *((CONSENTRYS_OWN,) if is_for_a_person else ()))
    needs = Needs(needed, held=_held(scopes, advisor.catalogue))
    spare = Spare(scopes, needs, demands=demands, advisor=advisor)
    return Finding(
        scopes=tuple(scopes),
        tasks=tuple(tasks),
        missing=tuple(needs.missing()),
        unneeded=tuple(spare.unneeded()),
        deprecated=tuple(_deprecated(scopes, advisor.catalogue)),
        unknown=tuple(_unknown(scopes, advisor.catalogue)),
        unclear=demands.unclear,
    )


def _held(scopes: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    """Add what ``spark:all`` stands for, and what Webex adds by itself."""
    return frozenset({KMS}).union(*(scope.stands_for for scope in catalogue.describe(scopes)))


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
