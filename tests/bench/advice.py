"""How fast the advisor loads and answers, and how often it is right, beside plain word overlap.

Loading is measured in a process of its own, with all that it imports; answers are those to the
questions of the examination, each taken often.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.ranking import Ranking
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from tests.bench.figures import alternately, middle, percentile, show
from tests.bench.processes import apart
from tests.bench.word_overlap import over_titles, over_vocabulary
from tests.catalogue.questions.examination import Question, by_kind, mark, questions

_ROUNDS = 5
_TIMES = 4
_CONTENDERS: dict[str, Callable[[Operations], Advisor]] = {
    "BM25, titles": lambda known: Advisor(Catalogue.load(), known, over_titles(known)),
    "BM25, vocabulary": lambda known: Advisor(Catalogue.load(), known, over_vocabulary(known)),
    "the model": lambda known: Advisor(Catalogue.load(), known, Ranking.load(known)),
}


@dataclass(frozen=True)
class Advised:
    """What one contender took, in milliseconds, and the shares of right answers."""

    load: float
    median: float
    p99: float
    exact: float
    several: float
    refused: float


def run() -> None:
    """Measure and print."""
    measured = alternately(_ROUNDS, _CONTENDERS, _in_its_own_process)
    show(
        f"Advising: {len(questions('measure'))} questions of the measuring half, each asked "
        f"{_TIMES} times; medians of {_ROUNDS} rounds",
        ("", "load ms", "median ms", "p99 ms", "exact set", "several", "cannot refused"),
        [_row(name, rounds) for name, rounds in zip(_CONTENDERS, measured, strict=True)],
    )


def advise(name: str) -> Advised:
    """Load a contender and ask it everything, in the process that calls this."""
    started = time.perf_counter()
    advisor = _CONTENDERS[name](Operations.load())
    load = time.perf_counter() - started
    asked = questions("measure")
    advisor.advise(["post a message"])
    waits = [_wait(advisor, question) for _ in range(_TIMES) for question in asked]
    marked = by_kind(mark(advisor, question) for question in asked)
    scores = {kind: right / of for kind, (right, of) in marked.items()}
    return Advised(
        load=load * 1000,
        median=statistics.median(waits) * 1000,
        p99=percentile(waits, 99),
        exact=scores["exact set"],
        several=scores["several"],
        refused=scores["cannot"],
    )


def _in_its_own_process(name: str) -> Advised:
    with apart(reused=False) as process:
        return process.submit(advise, name).result()


def _wait(advisor: Advisor, question: Question) -> float:
    started = time.perf_counter()
    advisor.advise(question.asks)
    return time.perf_counter() - started


def _row(name: str, rounds: list[Advised]) -> tuple[str, ...]:
    times = (middle(rounds, lambda one: one.load), middle(rounds, lambda one: one.median))
    p99, last = middle(rounds, lambda one: one.p99), rounds[-1]
    shares = (f"{share:.0%}" for share in (last.exact, last.several, last.refused))
    return (name, *(f"{ms:.1f}" for ms in (*times, p99)), *shares)
