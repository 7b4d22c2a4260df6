"""The advisor is examined; what it scores is printed below the test results."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from tests.catalogue.questions.examination import by_kind, mark, questions, the_advisor
from tests.scores import SCORE

REQUIRED = {"exact set": 0.85, "several": 0.80, "cannot": 0.90}
"""What the half that nobody develops against must reach at least."""


def test_the_answers_that_nobody_developed_against_are_right(
    record_property: Callable[[str, object], None],
) -> None:
    scores = by_kind(mark(the_advisor(), question) for question in questions("measure"))
    record_property(SCORE, _table("measure", scores))
    lacking = {
        kind: scores[kind] for kind, least in REQUIRED.items() if _share(scores[kind]) < least
    }
    assert not lacking


def test_the_answers_that_were_developed_against_are_right(
    record_property: Callable[[str, object], None],
) -> None:
    scores = by_kind(mark(the_advisor(), question) for question in questions("develop"))
    record_property(SCORE, _table("develop", scores))
    assert _share(scores["exact set"]) >= REQUIRED["exact set"]


@pytest.mark.parametrize("half", ["develop", "measure"])
def test_the_questions_name_what_the_catalogue_holds(half: str) -> None:
    operations, catalogue = Operations.load(), Catalogue.load()
    for question in questions(half):
        assert all(name in operations for names in question.operations for name in names)
        assert all(name in catalogue for scopes in question.scopes for name in scopes)
        assert len(question.asks) == len(question.operations)


def _share(score: tuple[int, int]) -> float:
    right, asked = score
    return right / asked


def _table(half: str, scores: Mapping[str, tuple[int, int]]) -> str:
    rows = (
        f"{kind} {right}/{asked} ({right / asked:.0%})" for kind, (right, asked) in scores.items()
    )
    return f"Advisor, {half}: {', '.join(rows)}"
