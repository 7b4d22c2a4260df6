"""Advises the smallest set of scopes for some tasks, given in plain words or as requests.

Finding what is meant is the ranking's part, choosing among the alternatives the cover's. Here
both meet, and the reasons are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.catalogue.advising import notes
from bot.catalogue.advising.advice import Advice, Candidate, Phrase, Reason
from bot.catalogue.advising.webhook import webhook_in
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Match, Operations
from bot.catalogue.scope import ALL_OF_A_PERSON, Confidence, Scope
from bot.catalogue.scopes import Catalogue
from bot.core.cover import Price, smallest_cover


class Ranking(Protocol):
    """Finds the operations that people mean by their words."""

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        """Say for each task what it means; the tasks explain each other."""
        ...


@dataclass(frozen=True)
class Advisor:
    """Joins what is known about scopes and operations with the reading of words."""

    catalogue: Catalogue
    operations: Operations
    ranking: Ranking

    def advise(self, asks: Iterable[str]) -> Advice:
        """Find the smallest set of scopes with which all these tasks can be done.

        Args:
            asks: Each a wish in plain words, or a request such as ``GET /rooms/Y2lz…?max=5``.
        """
        phrases = self._read([ask.strip() for ask in asks if ask.strip()])
        needs = [
            _Need(phrase.operations[0].operation, self.alternatives(phrase))
            for phrase in phrases
            if phrase.operations
        ]
        scopes = tuple(sorted(smallest_cover([need.any_of for need in needs], self._price)))
        advice = Advice(
            scopes=scopes,
            because=tuple(_reason(scope, scopes, needs) for scope in scopes),
            phrases=tuple(phrases),
            not_found=tuple(phrase.ask for phrase in phrases if not phrase.operations),
            notes=(),
        )
        return notes.with_notes(advice, self.catalogue, self.operations)

    def _read(self, asks: Sequence[str]) -> list[Phrase]:
        """Look up the requests, and let the ranking read the words, which explain each other."""
        matches = [self.operations.at(ask) for ask in asks]
        words = [ask for ask, match in zip(asks, matches, strict=True) if match is None]
        read = iter(self.ranking.read(words) if words else ())
        return [
            next(read) if match is None else self._of_request(ask, match)
            for ask, match in zip(asks, matches, strict=True)
        ]

    def _of_request(self, ask: str, match: Match) -> Phrase:
        if webhook := webhook_in(ask, self.operations):
            return Phrase(ask, (webhook,))
        if match.operations:
            return Phrase(ask, tuple(Candidate(operation, 1.0) for operation in match.operations))
        if match.methods:
            taken = ", ".join(match.methods)
            return Phrase(ask, refusal=f"Webex has this path, but it takes only {taken}.")
        return Phrase(ask, refusal="Webex publishes no operation with this path.")

    def alternatives(self, phrase: Phrase) -> tuple[frozenset[str], ...]:
        """Give the sets of scopes of which one is needed for a task."""
        every = phrase.operations[0].operation.any_of
        modest = [one for one in every if ALL_OF_A_PERSON not in one] or every
        wide = [one for one in modest if any(map(self._reaches_far, one))]
        return tuple(wide if phrase.is_for_everyone and wide else modest)

    def _reaches_far(self, name: str) -> bool:
        return self._scope(name).reaches_beyond_a_person

    def _price(self, name: str) -> Price:
        """Count what a scope gives away; of equals, the one that opens the least is better."""
        scope, opens = self._scope(name), len(self.operations.needing(name))
        return (int(scope.reaches_beyond_a_person), int(scope.can_write), 1, opens)

    def _scope(self, name: str) -> Scope:
        return self.catalogue.describe([name])[0]


@dataclass(frozen=True)
class _Need:
    operation: Operation
    any_of: tuple[frozenset[str], ...]


def _reason(scope: str, scopes: Sequence[str], needs: Iterable[_Need]) -> Reason:
    others = frozenset(scopes) - {scope}
    broken = {
        need.operation: None
        for need in needs
        if need.any_of and not any(one <= others for one in need.any_of)
    }
    return Reason(scope, tuple(broken), min(broken, key=_sureness).confidence)


def _sureness(operation: Operation) -> int:
    return [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH].index(operation.confidence)
