"""A task is laid out in one way, for teaching and for answering."""

from __future__ import annotations

from bot.catalogue.reading.encoder import Text
from bot.catalogue.reading.task_text import joined, task_text
from bot.catalogue.reading.word_pieces import END, START, UNKNOWN, WordPieces

PIECES = WordPieces((START, END, UNKNOWN, "a", "b", "."))


def test_a_task_and_what_was_asked_with_it_become_pieces() -> None:
    assert task_text(PIECES, "a b a", joined(["b", "a"])) == Text([3, 4, 3], [4, 5, 3])


def test_a_task_that_stands_alone_has_no_context() -> None:
    assert task_text(PIECES, "a", joined([])) == Text([3], [])


def test_a_story_is_cut_and_so_is_what_was_asked_with_it() -> None:
    text = task_text(PIECES, "a " * 100, "b " * 100)
    assert (len(text.pieces), len(text.context)) == (40, 40)
