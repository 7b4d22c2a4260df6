"""The rankings that the advisor's is compared with: BM25 over words, whatever they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import words
from bot.catalogue.reading.word_overlap import WordOverlap

_OTHERS = ("everyone", "all ", "organisation", "on behalf")


class ByWords:
    """Ranks operations by the words that their texts share with a task."""

    def __init__(self, operations: Operations, texts: Mapping[str, Iterable[str]]) -> None:
        """Index the texts of each operation, all of one as one document."""
        self._operations = list(operations)
        self._overlap = WordOverlap([texts[one.name] for one in self._operations])

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        """Take the operation that scores best; nothing is ever refused."""
        return [self._read(ask) for ask in asks]

    def _read(self, ask: str) -> Phrase:
        scores = self._overlap.scores(ask)
        best = int(scores.argmax())
        return Phrase(
            ask,
            (Candidate(self._operations[best], float(scores[best])),),
            is_for_everyone=any(word in ask.lower() for word in _OTHERS),
        )


def over_titles(operations: Operations) -> ByWords:
    """Rank by what Webex calls the operations, and by their paths."""
    return ByWords(operations, {one.name: [one.title, one.group, one.path] for one in operations})


def over_vocabulary(operations: Operations) -> ByWords:
    """Rank by titles and by all that people would say, as it is written down for the model."""
    asks = words("operations.json")
    texts = {one.name: [one.title, one.group, *asks.get(one.name, ())] for one in operations}
    return ByWords(operations, texts)
