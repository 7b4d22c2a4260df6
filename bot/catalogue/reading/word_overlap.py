"""Compares the words of a task with the words that were written down for each outcome.

A trained reader guesses from the meaning and can overlook a plain word that settles the matter.
This one knows words only, and rates the rarer ones higher (BM25, Robertson and Zaragoza, 2009).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.reading.encoder import Numbers

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class WordOverlap:
    """What each word says for each outcome, as a sparse matrix of words by outcomes.

    Attributes:
        rows: The row of each word.
        starts: Where each row begins in the other two; one more than rows.
        columns: The outcomes that a word says something for.
        weights: How much.
        outcomes: How many there are.
    """

    rows: Mapping[str, int]
    starts: NDArray[np.integer]
    columns: NDArray[np.integer]
    weights: Numbers
    outcomes: int

    def scores(self, text: str) -> Numbers:
        """Say for each outcome how well its words and those of the text agree; 0 is not at all."""
        scores = np.zeros(self.outcomes, dtype=np.float32)
        for row in {self.rows[term] for term in terms(text) if term in self.rows}:
            place = slice(self.starts[row], self.starts[row + 1])
            scores[self.columns[place]] += self.weights[place]
        return scores


def terms(text: str) -> list[str]:
    """Give the words of a text, singular and plural as one, parts of a joined name apart."""
    words = _WORDS.findall(_CAMEL.sub(" ", text).lower())
    return [word.rstrip("s") or word for word in words]
