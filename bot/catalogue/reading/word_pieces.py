"""Cuts a text into the word pieces that the encoder was trained on.

This is WordPiece as BERT (Devlin et al., 2018) does it for lower-case English: words and signs
first, then the longest known piece from the left. Ours, because the known libraries for it bring
a download client along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_WORDS_AND_SIGNS = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST_WORD = 40
"""Longer than any English word; what is longer is an id, which tells nothing."""


class WordPieces:
    """A vocabulary of pieces; those that continue a word begin with ``##``."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Give each piece its place in the vocabulary as its number."""
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.start, self.end = self._numbers[START], self._numbers[END]

    @property
    def vocabulary(self) -> list[str]:
        """The pieces, in the order of their numbers."""
        return list(self._numbers)

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Give the numbers of the pieces of a text, at most so many."""
        found: list[int] = []
        for word in _words(text):
            found.extend(self._of_word(word))
            if len(found) >= most:
                break
        return found[:most]

    def _of_word(self, word: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            end = next((end for end in self._ends(word, start)), None)
            if end is None:
                break
            pieces.append(self._numbers[_piece(word, start, end)])
            start = end
        return pieces if start == len(word) else [self._numbers[UNKNOWN]]

    def _ends(self, word: str, start: int) -> Iterator[int]:
        ends = range(len(word), start, -1)
        return (end for end in ends if _piece(word, start, end) in self._numbers)


def _words(text: str) -> Iterator[str]:
    bare = unicodedata.normalize("NFD", text.lower())
    letters = "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")
    return (found[0] for found in _WORDS_AND_SIGNS.finditer(letters))


def _piece(word: str, start: int, end: int) -> str:
    return f"##{word[start:end]}" if start else word[start:end]
