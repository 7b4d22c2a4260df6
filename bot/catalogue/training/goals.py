"""What is to be learnt from each example, as a loss.

The model is asked for the meaning, and whether everybody's data is wanted. To get there it also
learns the group, the method and the alternatives of scopes, which no answer asks for: they teach
it what operations have in common, and are dropped afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.training.examples import Example, Outcomes

MEANING, EVERYONE = "meaning", "everyone"
_NOT_SAID = -1
_SECOND_BEST = -0.7
"""Added to the log-probability of a right meaning that is not the best known."""
_EVEN = 0.05
"""The share of certainty that is spread over all outcomes, so that none is ever ruled out."""
_ASIDE: dict[str, Callable[[Operation], object]] = {
    "group": lambda operation: (str(operation.product), operation.group),
    "method": lambda operation: operation.method,
    "alternatives": lambda operation: frozenset(operation.any_of),
}


class Goals:
    """The heads of the network, and what each should say."""

    def __init__(self, operations: Operations, outcomes: Outcomes) -> None:
        """Give every outcome of every head its number."""
        self._operations = operations
        self._meanings = outcomes.numbers()
        self._number = {
            name: {
                value: number for number, value in enumerate(dict.fromkeys(map(trait, operations)))
            }
            for name, trait in _ASIDE.items()
        }

    @property
    def heads(self) -> dict[str, int]:
        """The heads, with the number of outcomes of each."""
        aside = {name: len(values) for name, values in self._number.items()}
        return {MEANING: len(self._meanings), EVERYONE: 2, **aside}

    def loss(self, logits: Mapping[str, Tensor], examples: Sequence[Example]) -> Tensor:
        """Say how far the logits are from what the examples mean."""
        chances = {name: functional.log_softmax(one, -1) for name, one in logits.items()}
        total = self._of_meanings(chances[MEANING], examples)
        for name in logits.keys() - {MEANING}:
            wanted = torch.tensor([self._wanted(name, example) for example in examples])
            total = total + functional.nll_loss(
                chances[name], wanted, ignore_index=_NOT_SAID, reduction="sum"
            ) / len(examples)
        return total

    def _of_meanings(self, chances: Tensor, examples: Sequence[Example]) -> Tensor:
        """Any of the right meanings will do, the best known a little rather."""
        right = torch.full_like(chances, -torch.inf)
        for row, example in enumerate(examples):
            for rank, meaning in enumerate(example.meanings):
                right[row, self._meanings[meaning]] = _SECOND_BEST if rank else 0.0
        rows = [row for row, example in enumerate(examples) if example.meanings]
        weights = torch.tensor([examples[row].weight for row in rows])
        told = -torch.logsumexp(chances[rows] + right[rows], -1) * weights
        even = -chances[rows].mean(-1)
        return ((1 - _EVEN) * told + _EVEN * even).sum() / len(examples)

    def _wanted(self, head: str, example: Example) -> int:
        if head == EVERYONE:
            known = example.is_for_everyone
            return _NOT_SAID if known is None else int(known)
        first = next(iter(example.meanings), "")
        if first in self._operations:
            value: object = _ASIDE[head](self._operations.named(first))
        else:
            value = example.group if head == "group" else None
        return self._number[head].get(value, _NOT_SAID)
