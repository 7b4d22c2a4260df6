"""Which word pieces are kept: all that the texts need, and everyday English."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.reading.word_pieces import END, START, UNKNOWN, WordPieces
from bot.catalogue.training.pieces import pieces_for

RARE_FROM = 9000
FREQUENT = ["[PAD]", "[unused0]", UNKNOWN, START, END, "the", "##ing", "é", "naïve", "会"]
RARE = ["rooms", "web", "##ex", "paris", "a", "##b", "!", "##й", "会议", "[unused99]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    filling = [f"[unused{number}]" for number in range(1000, 1000 + RARE_FROM - len(FREQUENT))]
    lines = "\n".join([*FREQUENT, *filling, *RARE])
    (tmp_path / "vocab.txt").write_text(lines, encoding="utf-8")
    return tmp_path


PLAIN = ["[PAD]", UNKNOWN, START, END, "the", "##ing"]
"""Frequent, and written in ASCII."""
SINGLE = ["a", "##b", "!"]


def test_what_is_frequent_or_a_single_letter_or_sign_is_kept(folder: Path) -> None:
    assert pieces_for([], folder) == [*PLAIN, *SINGLE]


def test_what_a_text_needs_is_kept_however_rare(folder: Path) -> None:
    kept = pieces_for(["List the Webex rooms", "会议"], folder)
    assert kept == [*PLAIN, "rooms", "web", "##ex", "a", "##b", "!", "会议"]


def test_the_special_pieces_are_kept_wherever_they_stand(folder: Path) -> None:
    filling = [f"word{number}" for number in range(RARE_FROM)]
    lines = "\n".join([*filling, START, END, UNKNOWN])
    (folder / "vocab.txt").write_text(lines, encoding="utf-8")
    assert pieces_for([], folder)[-3:] == [START, END, UNKNOWN]


def test_a_text_is_cut_the_same_by_the_pieces_that_are_kept(folder: Path) -> None:
    text = "the webex rooms in paris!"
    whole = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = pieces_for([text], folder)
    assert cut(text, kept) == cut(text, whole)
    assert "paris" in cut(text, kept)


def cut(text: str, pieces: list[str]) -> list[str]:
    return [pieces[number] for number in WordPieces(pieces).numbers(text, most=99)]
