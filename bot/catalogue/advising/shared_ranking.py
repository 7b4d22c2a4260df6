"""One ranking for many threads: loaded once, asked by one at a time, and asked nothing twice.

Each reading fills the processor's cores by itself, so that several at once are no faster but need
their memory all together. The same words always mean the same, which is why they are remembered:
the declared tasks of an integration are read whenever somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

from bot.catalogue.advising.advice import Phrase
from bot.catalogue.advising.advisor import Ranking

_REMEMBERED = 512
"""Wishes, each with all its tasks; some kilobytes each."""


class SharedRanking:
    """Stands for a ranking, which takes a while to load and which most processes never ask."""

    def __init__(self, load: Callable[[], Ranking]) -> None:
        """Keep how it is loaded; nothing is loaded yet."""
        self._load = load
        self._ranking: Ranking | None = None
        self._lock = Lock()
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        """Say for each task what it means."""
        with self._lock:
            return list(self._remembered(tuple(asks)))

    def _read(self, asks: tuple[str, ...]) -> list[Phrase]:
        if self._ranking is None:
            self._ranking = self._load()
        return self._ranking.read(asks)
