"""Chooses the word pieces worth keeping: most of MiniLM's 30,522 stand for names and scripts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.catalogue.reading.word_pieces import END, START, UNKNOWN, WordPieces

_FREQUENT = 9000
"""The vocabulary is sorted by frequency, roughly; what stands before this is everyday English."""


def pieces_for(texts: Iterable[str], folder: Path) -> list[str]:
    """Keep the frequent pieces, single letters and signs, and all that the texts need."""
    known = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    cutter = WordPieces(known)
    used = {number for text in texts for number in cutter.numbers(text, most=len(text))}
    return [
        piece for number, piece in enumerate(known) if number in used or _is_plain(piece, number)
    ]


def _is_plain(piece: str, number: int) -> bool:
    if piece in {START, END, UNKNOWN}:
        return True
    core = piece.removeprefix("##")
    if not core.isascii() or piece.startswith("[unused"):
        return False
    return len(core) == 1 or number < _FREQUENT
