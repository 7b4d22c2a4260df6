"""Finds scopes by plain words or by a name that is nearly right.

Separate from the catalogue because matching words is a craft of its own, and nothing in it
knows what a scope means.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from bot.catalogue.scope import Scope

_NAME_WEIGHT, _AREA_WEIGHT, _TEXT_WEIGHT = 3.0, 2.0, 1.0
"""A word of the name says most about a scope, one of its explanation least."""
_SURELY_MEANT = 0.8
"""How alike a mistyped word and a known one must be, so that we take one for the other."""
_PERHAPS_MEANT = 0.6
"""How alike a mistyped name and a known one must be, so that we suggest it."""
_SUGGESTIONS = 3
_WORTH_SHOWING = 0.4
"""A result must score this share of the best one, or it only makes the list longer."""


class ScopeSearch:
    """Knows the words of every scope, the rarer ones as the more telling."""

    def __init__(self, scopes: Mapping[str, Scope]) -> None:
        """Learn the words once; a search then only looks them up."""
        self._weights = {name: _weights(scope) for name, scope in scopes.items()}
        self._spread = Counter(word for weights in self._weights.values() for word in weights)
        self._by_key: dict[str, list[str]] = {}
        for name in sorted(scopes, key=len):
            for key in {name.lower(), name.lower().rpartition(":")[2]}:
                self._by_key.setdefault(key, []).append(name)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Suggest the scopes that a mistyped name may mean, the likeliest first."""
        keys = get_close_matches(name.lower(), self._by_key, n=_SUGGESTIONS, cutoff=_PERHAPS_MEANT)
        found = dict.fromkeys(name for key in keys for name in self._by_key[key])
        return tuple(found)[:_SUGGESTIONS]

    def find(self, words: str, limit: int) -> list[str]:
        """Name the scopes that fit the words, the best first; none when nothing fits."""
        wanted = {self._known_word(word) for word in _words(words)} - {""}
        scores = {name: self._score(name, wanted) for name in self._weights}
        enough = max(scores.values(), default=0.0) * _WORTH_SHOWING
        found = [name for name, score in scores.items() if score > 0 and score >= enough]
        ranked = sorted(found, key=lambda name: (-scores[name], len(name), name))
        return (ranked or list(self.nearest(words)))[:limit]

    def _known_word(self, word: str) -> str:
        if word in self._spread:
            return word
        return next(iter(get_close_matches(word, self._spread, n=1, cutoff=_SURELY_MEANT)), "")

    def _score(self, name: str, wanted: Iterable[str]) -> float:
        weights = self._weights[name]
        return sum(weights.get(word, 0.0) * self._rarity(word) for word in wanted)

    def _rarity(self, word: str) -> float:
        return math.log(len(self._weights) / self._spread[word])


def _weights(scope: Scope) -> dict[str, float]:
    """Weigh each word of a scope; ``does_not`` stays out, for it says what the scope is not."""
    weights = dict.fromkeys(_words(scope.explains), _TEXT_WEIGHT)
    weights |= dict.fromkeys(_words(f"{scope.level} {' '.join(scope.areas)}"), _AREA_WEIGHT)
    return weights | dict.fromkeys(_words(scope.name), _NAME_WEIGHT)


def _words(text: str) -> list[str]:
    """Split at everything that is no letter, and let ``calls`` and ``call`` be one word."""
    return [word.rstrip("s") or word for word in re.findall(r"[a-z]+", text.lower())]
