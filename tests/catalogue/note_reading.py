"""Reads notes, that about a wider scope above all, and works out by itself what scopes open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
WIDER = re.compile(r"(\S+) instead of (.+) would open (\d+) operations rather than (\d+)\.")


def parts(note: str) -> tuple[str, tuple[str, ...], int, int]:
    found = WIDER.fullmatch(note)
    assert found, note
    return found[1], tuple(found[2].split(", ")), int(found[3]), int(found[4])


def wider_than(scope: str) -> tuple[str, ...]:
    return CATALOGUE.explain(scope).wider


def opened(scopes: Iterable[str]) -> list[str]:
    held = frozenset(scopes)
    return [
        one.name for one in OPERATIONS if any(any_of <= held for any_of in one.any_of if any_of)
    ]


def taken_for(*operations: Operation, ask: str = "do it", doubtful: bool = False) -> Phrase:
    return Phrase(ask, tuple(Candidate(one, 0.4) for one in operations), is_doubtful=doubtful)


def about(notes: Sequence[str], words: str) -> list[str]:
    return [note for note in notes if words in note]
