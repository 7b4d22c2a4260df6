"""The rankings that the advisor's is compared with: BM25 over words, whatever they mean."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.catalogue.advice import Candidate, Phrase
from bot.catalogue.operations import Operations
from bot.catalogue.vocabulary import words

_SATURATION, _LENGTH = 1.2, 0.75
"""The customary parameters of BM25 (Robertson and Zaragoza, 2009)."""


class WordOverlap:
    """Ranks operations by the words that their texts share with a task."""

    def __init__(self, operations: Operations, texts: Mapping[str, Iterable[str]]) -> None:
        """Index the texts of each operation, all of one as one document."""
        self._operations = operations
        documents = {name: Counter(_words(" ".join(texts[name]))) for name in texts}
        lengths = {name: sum(document.values()) for name, document in documents.items()}
        usual = sum(lengths.values()) / len(lengths)
        self._scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
        spread = Counter(word for document in documents.values() for word in document)
        for name, document in documents.items():
            slack = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[name] / usual)
            for word, times in document.items():
                rarity = math.log(1 + (len(documents) - spread[word] + 0.5) / (spread[word] + 0.5))
                self._scores[word][name] = rarity * times * (_SATURATION + 1) / (times + slack)

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        """Take the operation that scores best; nothing is ever refused unless no word is known."""
        return [self._read(ask) for ask in asks]

    def _read(self, ask: str) -> Phrase:
        scores: Counter[str] = Counter()
        for word in set(_words(ask)):
            scores.update(self._scores.get(word, {}))
        best = scores.most_common(1)
        return Phrase(
            ask,
            tuple(Candidate(self._operations.named(name), score) for name, score in best),
            is_for_everyone=bool({"everyone", "all", "organisation"} & set(_words(ask))),
        )


def over_titles(operations: Operations) -> WordOverlap:
    """Rank by what Webex calls the operations, and by their paths."""
    texts = {one.name: [one.title, one.group, one.path] for one in operations}
    return WordOverlap(operations, texts)


def over_vocabulary(operations: Operations) -> WordOverlap:
    """Rank by the same, and by all that people would say, as written down for the model."""
    asks = words("operations.json")
    return WordOverlap(
        operations,
        {one.name: [one.title, one.group, *asks.get(one.name, ())] for one in operations},
    )


def _words(text: str) -> list[str]:
    split = re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower()
    return [word.rstrip("s") or word for word in re.findall(r"[a-z0-9]+", split)]
