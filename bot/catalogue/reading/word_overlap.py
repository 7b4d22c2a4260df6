"""Compares the words of a task with the words that were written down for each outcome.

A trained reader guesses from the meaning, and can overlook a plain word that settles the matter.
This one knows words only, and rates the rarer ones higher (BM25, Robertson and Zaragoza, 2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.reading.encoder import Numbers

_SATURATION, _LENGTH = 0.6, 0.2
"""BM25's k1 and b. Lower than customary: a word that stands in many phrases of an outcome says
little more than one that stands in a few, and an outcome with many phrases is no less likely."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[a-z0-9]+")


class WordOverlap:
    """Knows the words of every document, each the texts of one outcome."""

    def __init__(self, documents: Sequence[Iterable[str]]) -> None:
        """Weigh every word for every document."""
        self._rows: dict[str, int] = {}
        listed = [[self._row(term) for text in one for term in _terms(text)] for one in documents]
        self._documents = len(documents)
        lengths = np.array([len(one) for one in listed])
        terms, self._columns, times = self._counted(listed, lengths)
        self._starts = np.searchsorted(terms, np.arange(len(self._rows) + 1))
        spread = np.diff(self._starts)
        rarity = np.log1p((self._documents - spread + 0.5) / (spread + 0.5))
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(1.0, lengths.mean()))
        shown = times * (_SATURATION + 1) / (times + slack[self._columns])
        self._weights = (rarity[terms] * shown).astype(np.float32)

    def scores(self, text: str) -> Numbers:
        """Say for each document how well its words and those of the text agree; 0 is not at all."""
        scores = np.zeros(self._documents, dtype=np.float32)
        for row in {self._rows[term] for term in _terms(text) if term in self._rows}:
            place = slice(self._starts[row], self._starts[row + 1])
            scores[self._columns[place]] += self._weights[place]
        return scores

    def _row(self, term: str) -> int:
        return self._rows.setdefault(term, len(self._rows))

    def _counted(
        self, listed: Sequence[Sequence[int]], lengths: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], ...]:
        """Count how often each term stands in each document: terms, documents, times."""
        terms = np.array([row for one in listed for row in one], dtype=np.intp)
        documents = np.repeat(np.arange(self._documents), lengths)
        pairs, times = np.unique(terms * self._documents + documents, return_counts=True)
        return pairs // self._documents, pairs % self._documents, times


def _terms(text: str) -> Iterator[str]:
    """Give the words of a text, singular and plural as one, parts of a joined name apart."""
    for word in _WORDS.findall(_CAMEL.sub(" ", text).lower()):
        yield word.rstrip("s") or word
