"""One ranking for many threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from bot.catalogue.advising.advice import Phrase
from bot.catalogue.advising.shared_ranking import SharedRanking

THREADS = 8


class Counting:
    """Counts how often it is loaded and asked, and by how many at once."""

    def __init__(self) -> None:
        self.loaded = self.asked = self.inside = self.most_inside = 0

    def load(self) -> Counting:
        self.loaded += 1
        sleep(0.01)
        return self

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        self.asked += 1
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        sleep(0.01)  # so that another thread would be seen inside
        phrases = [Phrase(ask) for ask in asks]
        self.inside -= 1
        if "fail" in asks:
            raise ValueError
        return phrases


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_it_is_loaded_when_first_asked(counting: Counting) -> None:
    shared = SharedRanking(counting.load)
    assert counting.loaded == 0
    assert [phrase.ask for phrase in shared.read(["b", "a"])] == ["b", "a"]
    assert counting.loaded == 1


def test_many_threads_load_it_once_and_ask_one_at_a_time(counting: Counting) -> None:
    shared, together = SharedRanking(counting.load), Barrier(THREADS)

    def ask(number: int) -> str:
        together.wait()
        return shared.read([f"task {number}"])[0].ask

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(ask, range(THREADS)))
    assert answers == [f"task {number}" for number in range(THREADS)]
    assert (counting.loaded, counting.asked, counting.most_inside) == (1, THREADS, 1)


def test_the_same_words_are_read_once_and_other_company_is_other_words(counting: Counting) -> None:
    shared = SharedRanking(counting.load)
    shared.read(["a"]).clear()
    assert [phrase.ask for phrase in shared.read(["a"])] == ["a"]
    assert counting.asked == 1
    shared.read(["a", "b"])
    assert counting.asked == 2


def test_a_failure_is_not_remembered_and_locks_nobody_out(counting: Counting) -> None:
    shared = SharedRanking(counting.load)
    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 - any will do
            shared.read(["fail"])
    assert counting.asked == 2
    assert shared.read(["a"])
