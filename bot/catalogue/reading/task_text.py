"""Lays a task out for the encoder: its own pieces, and those of the tasks beside it.

One home for it, because the model must be asked in the way in which it was taught.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.reading.encoder import Text
from bot.catalogue.reading.word_pieces import WordPieces

_MOST = 40
"""Pieces of a task, and of all others together; what goes on longer is a story, not a wish."""


def joined(tasks: Sequence[str]) -> str:
    """Make one context of several tasks."""
    return " . ".join(tasks)


def task_text(pieces: WordPieces, task: str, context: str) -> Text:
    """Cut a task, and what was asked with it, into pieces."""
    return Text(pieces.numbers(task, most=_MOST), pieces.numbers(context, most=_MOST))
