"""The examination of the advisor: questions with answers, and how an answer is judged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.ranking import Ranking
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue

CANNOT = "cannot"


@dataclass(frozen=True)
class Question:
    """Tasks that somebody asks for, and every exact set of scopes that counts as right."""

    id: str
    half: str
    kind: str
    asks: tuple[str, ...]
    operations: tuple[tuple[str, ...], ...]
    scopes: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Marked:
    """A question with the answer it got."""

    question: Question
    scopes: tuple[str, ...]
    meant: tuple[str, ...]
    is_right: bool


def questions(half: str) -> list[Question]:
    """Read the questions of a half: ``develop`` or ``measure``."""
    lines = Path(__file__).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for one in map(_question, lines) if one.half == half]


def mark(advisor: Advisor, question: Question) -> Marked:
    """Ask the advisor, and compare: the exact set, and what is impossible must be refused."""
    advice = advisor.advise(question.asks)
    meant = tuple(
        phrase.operations[0].operation.name if phrase.operations else "-"
        for phrase in advice.phrases
    )
    is_right = frozenset(advice.scopes) in question.scopes
    if question.kind == CANNOT:
        is_right = len(advice.not_found) == len(question.asks)
    return Marked(question, advice.scopes, meant, is_right)


def by_kind(marked: Iterable[Marked]) -> Mapping[str, tuple[int, int]]:
    """Count the right answers and all answers of every kind, and of all but ``cannot``."""
    counted: defaultdict[str, list[bool]] = defaultdict(list)
    for one in marked:
        counted[one.question.kind].append(one.is_right)
        if one.question.kind != CANNOT:
            counted["exact set"].append(one.is_right)
    return {kind: (sum(right), len(right)) for kind, right in counted.items()}


@cache
def the_advisor() -> Advisor:
    """Load the advisor that ships, once."""
    operations = Operations.load()
    return Advisor(Catalogue.load(), operations, Ranking.load(operations))


def _question(line: str) -> Question:
    fields = json.loads(line)
    return Question(
        id=fields["id"],
        half=fields["half"],
        kind=fields["kind"],
        asks=tuple(fields["asks"]),
        operations=tuple(map(tuple, fields["operations"])),
        scopes=tuple(map(frozenset, fields["scopes"])),
    )
