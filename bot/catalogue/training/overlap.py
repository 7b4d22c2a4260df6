"""Weighs every word for every outcome, for :mod:`bot.catalogue.reading.word_overlap`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from bot.catalogue.operations import Operations
from bot.catalogue.reading.word_overlap import WordOverlap, terms
from bot.catalogue.training.examples import Example, Outcomes

_SATURATION, _LENGTH = 0.6, 0.4
"""BM25's k1 and b. Lower than customary: a phrase that was written down twice is no better, and
an outcome with many phrases is no worse."""


def overlap_of(
    examples: Iterable[Example], operations: Operations, outcomes: Outcomes
) -> WordOverlap:
    """Take each outcome's phrases, and the group of an operation, as one document.

    What was asked together with other tasks is left out: its words belong to those, too.
    """
    numbers = outcomes.numbers()
    documents: list[list[str]] = [[] for _ in numbers]
    for operation in operations:
        documents[numbers[operation.name]].append(operation.group)
    for example in examples:
        if example.meanings and not example.others:
            documents[numbers[example.meanings[0]]].append(example.text)
    return weighed(documents)


def weighed(documents: Sequence[Sequence[str]]) -> WordOverlap:
    """Weigh the words of documents, each of which is a sequence of texts."""
    counted = [Counter(term for text in texts for term in terms(text)) for texts in documents]
    spread = Counter(term for counts in counted for term in counts)
    rows = {term: row for row, term in enumerate(sorted(spread))}
    usual = sum(counts.total() for counts in counted) / len(counted)
    entries = []
    for column, counts in enumerate(counted):
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * counts.total() / usual)
        for term, times in counts.items():
            rarity = math.log(1 + (len(counted) - spread[term] + 0.5) / (spread[term] + 0.5))
            weight = rarity * times * (_SATURATION + 1) / (times + slack)
            entries.append((rows[term], column, weight))
    entries.sort()
    found = np.array([row for row, _, _ in entries])
    return WordOverlap(
        rows=rows,
        starts=np.searchsorted(found, np.arange(len(rows) + 1)).astype(np.int32),
        columns=np.array([column for _, column, _ in entries], dtype=np.int16),
        weights=np.array([weight for _, _, weight in entries], dtype=np.float32),
        outcomes=len(documents),
    )
