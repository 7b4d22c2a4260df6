"""Goes on from the model that ships: for new words, in minutes and without MiniLM's own weights.

What the model said before is held against it all along, so that learning the new does not make it
forget the old.
"""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn

from bot.catalogue.operations import Operations
from bot.catalogue.reading.model_file import Model, read_model
from bot.catalogue.training.examples import Outcomes, examples
from bot.catalogue.training.export import write_model
from bot.catalogue.training.goals import EVERYONE, MEANING, Goals
from bot.catalogue.training.lessons import Lessons
from bot.catalogue.training.network import Network, learnt
from bot.catalogue.training.teaching import Course

_SEED = 11
_HASTE = 0.4
_UNHEARD_OF = -9.0
"""The bias of an outcome that the model did not know: unlikely, until it is learnt."""


class Refinement:
    """One model, taught further and written back."""

    def __init__(self, path: Path) -> None:
        """Read the model as it is."""
        torch.manual_seed(_SEED)
        self._path = path
        with path.open("rb") as file:
            self._model = read_model(file)
        self._operations = Operations.load()
        self._outcomes = Outcomes(tuple(one.name for one in self._operations))

    def run(self, epochs: int) -> None:
        """Teach it all words, old and new, so many times; prints the loss now and then."""
        network = self._network()
        before = deepcopy(network).eval()
        known = examples(self._operations)
        print(f"{len(known)} examples")
        lessons = Lessons(known, self._operations, random.Random(_SEED))
        goals = Goals(self._operations, self._outcomes)
        Course(network, self._model.pieces, goals, lessons, [before], _HASTE).run(
            epochs, len(known)
        )
        pieces = self._model.pieces.vocabulary
        write_model(self._path, learnt(network), pieces=pieces, outcomes=self._outcomes)

    def _network(self) -> Network:
        heads = {MEANING: len(self._outcomes.numbers()), EVERYONE: 2}
        body = {
            name: torch.from_numpy(weight)
            for name, weight in self._model.encoder.weights.items()
            if name.split(".")[0] not in heads
        }
        network = Network(body, heads)
        _fill(network.heads[EVERYONE], _head(self._model, EVERYONE))
        _fill(network.heads[MEANING], self._rearranged())
        return network

    def _rearranged(self) -> tuple[Tensor, Tensor]:
        """Bring the known outcomes to their places among today's."""
        matrix, bias = _head(self._model, MEANING)
        place = {name: row for row, name in enumerate(self._model.outcomes)}
        today = list(self._outcomes.numbers())
        rows = torch.zeros(len(today), matrix.shape[1])
        biases = torch.full((len(today),), _UNHEARD_OF)
        for number, name in enumerate(today):
            if name in place:
                rows[number], biases[number] = matrix[place[name]], bias[place[name]]
        return rows, biases


def _head(model: Model, name: str) -> tuple[Tensor, Tensor]:
    weights = model.encoder.weights
    return torch.from_numpy(weights[f"{name}.matrix"]), torch.from_numpy(weights[f"{name}.bias"])


def _fill(head: nn.Linear, weights: tuple[Tensor, Tensor]) -> None:
    with torch.no_grad():
        head.weight.copy_(weights[0])
        head.bias.copy_(weights[1])
