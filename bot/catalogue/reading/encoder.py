"""Turns a text into a vector of meaning: a small transformer, computed with numpy alone.

The weights are MiniLM's (Wang et al., 2020), cut to a few layers and trained further on how people
ask for operations; ``bot.catalogue.training`` makes them. What stands here is only the sum that an
answer needs, so that nothing of the training is installed with Consentry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Weights = Mapping[str, Numbers]

HEADS = 12
"""Of attention, per layer, as MiniLM has them."""
_TINY = np.float32(1e-12)
_OUT_OF_SIGHT = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be read: the pieces of a task, and of the others that were asked with it."""

    pieces: Sequence[int]
    context: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Encoder:
    """A transformer of the BERT kind.

    Attributes:
        weights: By name; matrices have a row per output.
        layers: How many there are.
        start: The number of the piece before a text.
        end: The number of the piece behind it.
    """

    weights: Weights
    layers: int
    start: int
    end: int

    def vectors(self, texts: Sequence[Text]) -> Numbers:
        """Give a vector for each text, in their order: an array of texts by width.

        The context is looked at, but only the text's own pieces make up its vector.
        """
        pieces, kinds, own, seen = laid_out(texts, start=self.start, end=self.end)
        state = self._embedded(pieces, kinds)
        hidden = np.where(seen, np.float32(0), _OUT_OF_SIGHT)[:, None, None, :]
        for layer in range(self.layers):
            state = self._attended(state, hidden, f"layer{layer}.")
            state = self._transformed(state, f"layer{layer}.")
        weighed: Numbers = (own / own.sum(axis=1, keepdims=True)).astype(np.float32)
        vectors: Numbers = np.einsum("tp,tpw->tw", weighed, state)
        return vectors

    def _embedded(self, pieces: NDArray[np.intp], kinds: NDArray[np.intp]) -> Numbers:
        weights = self.weights
        places = weights["place"][: pieces.shape[1]]
        state: Numbers = weights["piece"][pieces] + places + weights["kind"][kinds]
        return self._normal(state, "embedded")

    def _attended(self, state: Numbers, hidden: Numbers, layer: str) -> Numbers:
        """Let every piece look at all the others."""
        query, key, value = (self._heads(state, layer + name) for name in ("query", "key", "value"))
        scale = np.float32(query.shape[-1] ** -0.5)
        looks = shares(query @ key.transpose(0, 1, 3, 2) * scale + hidden)
        met = (looks @ value).transpose(0, 2, 1, 3).reshape(state.shape)
        return self._normal(self._linear(met, layer + "met") + state, layer + "met")

    def _transformed(self, state: Numbers, layer: str) -> Numbers:
        inner = _gelu(self._linear(state, layer + "inner"))
        return self._normal(self._linear(inner, layer + "outer") + state, layer + "outer")

    def _heads(self, state: Numbers, name: str) -> Numbers:
        texts, length, _ = state.shape
        return self._linear(state, name).reshape(texts, length, HEADS, -1).transpose(0, 2, 1, 3)

    def _linear(self, state: Numbers, name: str) -> Numbers:
        result: Numbers = state @ self.weights[f"{name}.matrix"].T + self.weights[f"{name}.bias"]
        return result

    def _normal(self, state: Numbers, name: str) -> Numbers:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread: Numbers = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _TINY)
        even: Numbers = centred / spread
        return even * self.weights[f"{name}.gain"] + self.weights[f"{name}.shift"]


def laid_out(texts: Sequence[Text], *, start: int, end: int) -> tuple[NDArray[np.intp], ...]:
    """Lay texts side by side, filled up to the longest one: four arrays of texts by places.

    Returns:
        The pieces; their kinds, 1 for the context; 1 for the text's own; 1 for all but filling.
    """
    own = [[start, *text.pieces, end] for text in texts]
    rest = [[*text.context, end] if text.context else [] for text in texts]
    shape = len(texts), max(len(one) + len(other) for one, other in zip(own, rest, strict=True))
    pieces, kinds, owned, seen = (np.zeros(shape, dtype=np.intp) for _ in range(4))
    for row, (one, other) in enumerate(zip(own, rest, strict=True)):
        length = len(one) + len(other)
        pieces[row, :length] = one + other
        kinds[row, len(one) : length] = 1
        owned[row, : len(one)] = 1
        seen[row, :length] = 1
    return pieces, kinds, owned, seen


def shares(scores: Numbers) -> Numbers:
    """Turn scores into shares of one, along the last axis (softmax)."""
    risen: Numbers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    share: Numbers = risen / risen.sum(axis=-1, keepdims=True)
    return share


def _gelu(x: Numbers) -> Numbers:
    """Approximate GELU as Hendrycks and Gimpel (2016) do; numpy has no error function."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    passed: Numbers = np.float32(0.5) * (np.float32(1) + np.tanh(inner))
    return x * passed
