"""The smallest set of scopes: a choice among the alternatives of every need, at the least price.

Exact, not greedy: the cheapest alternative of each need by itself can cost more than one scope
that serves several. Knows nothing of Webex; what a scope costs is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache

Price = tuple[int, ...]
"""What a scope costs, the gravest first: two prices are compared from the left."""
Need = frozenset[frozenset[str]]
"""The alternatives that satisfy one operation; each is a set of scopes that are all needed."""


def smallest_cover(
    needs: Iterable[Collection[frozenset[str]]], price: Callable[[str], Price]
) -> frozenset[str]:
    """Find the cheapest set of scopes that satisfies every need.

    Sets of the same price are told apart by their names, so that an answer never changes.

    Args:
        needs: For each operation its alternatives; one without any asks for nothing.
        price: What a scope costs. Prices of a set are added up, place by place.
    """
    search = _Search(cache(price))
    chosen = frozenset[str]()
    for island in _islands({_without_detours(need) for need in needs if need}):
        chosen |= search.cheapest(island)
    return chosen


def _without_detours(need: Collection[frozenset[str]]) -> Need:
    """Drop each alternative that asks for all of another one and more."""
    return frozenset(one for one in need if not any(other < one for other in need))


def _islands(needs: set[Need]) -> list[list[Need]]:
    """Part the needs into groups which share no scope, and so can be solved one by one."""
    islands: list[tuple[set[str], list[Need]]] = []
    for need in sorted(needs, key=_as_text):
        scopes, members = {scope for one in need for scope in one}, [need]
        apart = []
        for island in islands:
            if island[0].isdisjoint(scopes):
                apart.append(island)
            else:
                scopes, members = scopes | island[0], [*island[1], *members]
        islands = [*apart, (scopes, members)]
    return [members for _, members in islands]


class _Search:
    """Depth first, the need with the fewest ways out next, never below what is already too dear."""

    def __init__(self, price: Callable[[str], Price]) -> None:
        self._price = price

    def cheapest(self, needs: list[Need]) -> frozenset[str]:
        best: list[frozenset[str]] = []

        def look(chosen: frozenset[str], needs: list[Need]) -> None:
            waiting = [need for need in needs if not any(one <= chosen for one in need)]
            if best and self._least(chosen, waiting) > self._total(best[0]):
                return
            if not waiting:
                best[:] = [min((chosen, *best), key=self._key)]
                return
            nearest = min(waiting, key=lambda need: (len(need), _as_text(need)))
            for one in sorted(nearest, key=lambda one: self._key(chosen | one)):
                look(chosen | one, waiting)

        look(frozenset(), needs)
        return best[0]

    def _least(self, chosen: frozenset[str], waiting: list[Need]) -> Price:
        """Say what the set will cost at the very least: needs apart from each other add up."""
        touched: set[str] = set()
        certain = [chosen]
        for need in waiting:
            scopes = frozenset().union(*need) - chosen
            if touched.isdisjoint(scopes):
                touched |= scopes
                certain.append(min((one - chosen for one in need), key=self._total))
        return self._total(frozenset().union(*certain))

    def _total(self, scopes: frozenset[str]) -> Price:
        return tuple(map(sum, zip(*map(self._price, scopes), strict=True)))

    def _key(self, scopes: frozenset[str]) -> tuple[Price, list[str]]:
        return self._total(scopes), sorted(scopes)


def _as_text(need: Need) -> list[list[str]]:
    return sorted(sorted(one) for one in need)
