"""Makes batches of the examples: with slips of the keyboard, and with other tasks beside them.

People mistype and leave words out, and ask for several things at once. What the model shall
bear, it must have seen.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.catalogue.operations import Operations
from bot.catalogue.reading.task_text import joined
from bot.catalogue.training.examples import Example

_WORD_LEFT_OUT, _SLIP = 0.25, 0.06
_COMPANY, _OF_ITS_GROUP, _OF_ITS_PRODUCT = 0.3, 0.35, 0.7
"""How often a task gets others beside it, and how often these are of its group or product."""
_LEFT_ALONE = 0.15
"""How often a task that was asked with others stands alone, for it must make sense so, too."""
_SHORTEST_TO_CUT, _SHORTEST_TO_MISTYPE = 4, 10
_SORTED_AT_ONCE = 20
"""Batches that are sorted by length together, so that little has to be filled up."""


class Lessons:
    """The examples, ever anew."""

    def __init__(
        self, examples: Sequence[Example], operations: Operations, chance: random.Random
    ) -> None:
        """Sort the examples by what they are about."""
        self._examples = list(examples)
        self._chance = chance
        self._groups: defaultdict[object, list[str]] = defaultdict(list)
        self._operations = operations
        for example in self._examples:
            for key in dict.fromkeys(self._kin(example)):
                self._groups[key].append(example.text)

    def batches(self, size: int) -> Iterator[list[tuple[Example, str, str]]]:
        """Give all examples once, in batches: each with its text and its context for this time."""
        self._chance.shuffle(self._examples)
        said = [(one, self._mistyped(one.text), self._context(one)) for one in self._examples]
        step = size * _SORTED_AT_ONCE
        for start in range(0, len(said), step):
            some = sorted(said[start : start + step], key=lambda one: len(one[1]) + len(one[2]))
            batches = [some[at : at + size] for at in range(0, len(some), size)]
            self._chance.shuffle(batches)
            yield from batches

    def _mistyped(self, text: str) -> str:
        chance, words = self._chance, text.split()
        if chance.random() < _WORD_LEFT_OUT and len(words) > _SHORTEST_TO_CUT:
            del words[chance.randrange(len(words))]
            text = " ".join(words)
        if chance.random() < _SLIP and len(text) > _SHORTEST_TO_MISTYPE:
            at = chance.randrange(1, len(text) - 1)
            swapped = text[at + 1] + text[at] if chance.getrandbits(1) else ""
            text = text[:at] + swapped + text[at + (2 if swapped else 1) :]
        return text

    def _context(self, example: Example) -> str:
        chance = self._chance
        if example.others:
            return "" if chance.random() < _LEFT_ALONE else joined(example.others)
        if chance.random() >= _COMPANY:
            return ""
        keys, drawn = self._kin(example), chance.random()
        kin = keys[0 if drawn < _OF_ITS_GROUP else 1 if drawn < _OF_ITS_PRODUCT else 2]
        texts, count = self._groups[kin], chance.choice([1, 1, 2])
        some = chance.sample(texts, min(len(texts), count + 1))
        return joined([text for text in some if text != example.text][:count])

    def _kin(self, example: Example) -> tuple[object, object, object]:
        """Name what it belongs to, the closest first; all examples are kin in the end."""
        first = next(iter(example.meanings), "")
        if first in self._operations:
            operation = self._operations.named(first)
            return (operation.product, operation.group), operation.product, None
        return None, None, None
