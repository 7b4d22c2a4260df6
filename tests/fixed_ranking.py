"""A ranking that reads only what it was told, so that a test says itself what words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.advisor import Advisor


@dataclass(frozen=True)
class FixedRanking:
    """Knows what some asks mean; one that means several things is doubtful."""

    known: Mapping[str, Phrase]

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        return [self.known.get(ask, Phrase(ask)) for ask in asks]


def reading(advisor: Advisor, meanings: Mapping[str, Sequence[str]]) -> Advisor:
    """Give an advisor that takes these words for these operations; for none it is refused."""
    known = {
        ask: Phrase(
            ask,
            tuple(Candidate(advisor.operations.named(name), 0.5) for name in names),
            is_doubtful=len(names) > 1,
            refusal="" if names else "Webex does nothing of that kind.",
        )
        for ask, names in meanings.items()
    }
    return replace(advisor, ranking=FixedRanking(known))
