"""The scope catalogue: ask it what a scope means, or what a set of scopes amounts to.

It joins the data file with the search and the summing-up. Everybody else asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

from bot.catalogue import limits
from bot.catalogue.scope import Access, Area, Confidence, Level, Risk, Scope
from bot.catalogue.scope_file import read_scopes
from bot.catalogue.scope_search import ScopeSearch
from bot.core.errors import BadInput

__all__ = [
    "Access",
    "Area",
    "Catalogue",
    "Confidence",
    "Level",
    "Risk",
    "Scope",
    "UnknownScope",
]

_SHOWN_OF_A_NAME = 80
"""Longer than any scope; what is longer was never meant as one, and need not be repeated."""
_RESULTS = 10


class UnknownScope(BadInput):
    """The catalogue holds no scope of this name; ``nearest`` holds those it may mean."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        """Show the name as it came, and the ones that look like it."""
        super().__init__(
            f"There is no scope “{' '.join(name.split())[:_SHOWN_OF_A_NAME]}” in the catalogue.",
            advice=f"Did you mean {' or '.join(nearest)}?"
            if nearest
            else "Search by a plain word instead, such as “calls” or “recordings”.",
        )
        self.nearest = nearest


class Catalogue:
    """Every Webex scope that we know, explained in our own words.

    Names are compared as Webex compares them: ``Identity:Organization`` and
    ``identity:organizations_rw`` belong to two families.
    """

    def __init__(self, scopes: Mapping[str, Scope]) -> None:
        """Hold these scopes; :meth:`load` brings the ones that ship with Consentry."""
        self._scopes = dict(scopes)
        self._search = ScopeSearch(self._scopes)

    @classmethod
    def load(cls) -> Catalogue:
        """Read the catalogue that ships with Consentry and check it.

        Raises:
            CatalogueBroken: The file is damaged or contradicts itself.
        """
        file = resources.files("bot.catalogue").joinpath("scopes.json")
        return cls(read_scopes(file.read_text(encoding="utf-8")))

    def __iter__(self) -> Iterator[Scope]:
        return iter(self._scopes.values())

    def __len__(self) -> int:
        return len(self._scopes)

    def __contains__(self, name: object) -> bool:
        return name in self._scopes

    def explain(self, name: str) -> Scope:
        """Give the one scope of exactly this name.

        Raises:
            UnknownScope: There is none; the error names the nearest.
        """
        wanted = name.strip()
        if wanted not in self._scopes:
            raise UnknownScope(wanted, self._search.nearest(wanted))
        return self._scopes[wanted]

    def describe(self, names: Iterable[str]) -> list[Scope]:
        """Give all scopes of a set in its order; an unknown name yields a marked stand-in."""
        return [self._scopes.get(name) or Scope.unknown(name) for name in names]

    def search(self, words: str, *, limit: int = _RESULTS) -> list[Scope]:
        """Find scopes by name, description or area, the best first.

        A mistyped word counts as the known word that looks most like it. The name of an area
        finds everything in it and nothing else.
        """
        exact = [words.strip()] if words.strip() in self._scopes else []
        found = self._search.find(words, len(self))
        if within := self._in_area(words):
            found = [*(name for name in found if name in within), *within]
        return [self._scopes[name] for name in dict.fromkeys([*exact, *found])][:limit]

    def _in_area(self, words: str) -> list[str]:
        said = words.strip().lower()
        return [scope.name for scope in self if said in map(str.lower, scope.areas)]

    def cannot(self, names: Iterable[str]) -> list[str]:
        """Say in plain sentences what an integration with this set of scopes can not do."""
        return limits.cannot(self.describe(names))

    def overall_risk(self, names: Iterable[str]) -> Risk:
        """Rate a set of scopes by its most dangerous one."""
        return limits.overall_risk(self.describe(names))
