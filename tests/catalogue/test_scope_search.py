from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.scope import Area, Scope
from bot.catalogue.scope_search import ScopeSearch


def scope(name: str, explains: str, *areas: Area) -> Scope:
    return replace(Scope.unknown(name), explains=explains, areas=areas)


SEARCH = ScopeSearch(
    {
        one.name: one
        for one in (
            scope("spark:rooms_read", "Read the titles of spaces.", Area.ROOMS),
            scope("spark:calls_read", "See calls and their history.", Area.CALLING),
            scope("spark:calls_write", "Dial, answer and end calls.", Area.CALLING),
            scope("cjp:user", "Act as an agent.", Area.CONTACT_CENTER),
        )
    }
)


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("rooms", "spark:rooms_read"),
        ("call history", "spark:calls_read"),
        ("dial", "spark:calls_write"),
        ("agnet", "cjp:user"),
        ("contact center", "cjp:user"),
    ],
)
def test_words_find_the_scope_that_they_fit_best(words: str, best: str) -> None:
    assert SEARCH.find(words, limit=3)[0] == best


def test_a_word_of_the_name_counts_more_than_one_of_the_explanation() -> None:
    named = scope("spark:history_read", "Something else.")
    told = scope("spark:other_read", "Shows the history.")
    search = ScopeSearch({one.name: one for one in (told, named, scope("a:b", "Nothing."))})
    assert search.find("history", limit=2)[0] == named.name


def test_what_fits_nothing_finds_nothing() -> None:
    assert SEARCH.find("zzzz qqqq", limit=3) == []


@pytest.mark.parametrize("typo", ["spark:calls_raed", "calls_red", "SPARK:CALLS_READ"])
def test_a_name_that_is_nearly_right_gets_its_neighbours(typo: str) -> None:
    assert "spark:calls_read" in SEARCH.nearest(typo)
