"""A model small enough to be made in a test: random weights, but every one that there must be."""

from __future__ import annotations

import numpy as np

from bot.catalogue.reading.encoder import Encoder, Numbers

WIDTH, INNER, PLACES = 24, 36, 100
START, END = 0, 1


def tiny_weights(*, pieces: int, layers: int, seed: int = 7) -> dict[str, Numbers]:
    """Draw the weights of an encoder, none of them zero, so that leaving one out would show."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> Numbers:
        return chance.normal(0, 0.6, shape).astype(np.float32)

    shapes: dict[str, tuple[int, ...]] = {
        "piece": (pieces, WIDTH),
        "place": (PLACES, WIDTH),
        "kind": (2, WIDTH),
        **_norm("embedded"),
    }
    for layer in range(layers):
        for name in ("query", "key", "value", "met"):
            shapes |= _linear(f"layer{layer}.{name}", WIDTH, WIDTH)
        shapes |= _linear(f"layer{layer}.inner", INNER, WIDTH)
        shapes |= _linear(f"layer{layer}.outer", WIDTH, INNER)
        shapes |= _norm(f"layer{layer}.met") | _norm(f"layer{layer}.outer")
    return {name: drawn(*shape) for name, shape in shapes.items()}


def tiny_head(name: str, outcomes: int) -> dict[str, Numbers]:
    """Draw the weights of a head."""
    chance = np.random.default_rng(outcomes)
    return {
        f"{name}.{part}": chance.normal(0, 1, shape).astype(np.float32)
        for part, shape in (("matrix", (outcomes, WIDTH)), ("bias", (outcomes,)))
    }


def tiny_encoder(*, layers: int, pieces: int = 20) -> Encoder:
    """Make an encoder with drawn weights, whose first two pieces begin and end a text."""
    return Encoder(tiny_weights(pieces=pieces, layers=layers), layers, start=START, end=END)


def _linear(name: str, rows: int, columns: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.matrix": (rows, columns), f"{name}.bias": (rows,)}


def _norm(name: str) -> dict[str, tuple[int, ...]]:
    return {f"{name}.gain": (WIDTH,), f"{name}.shift": (WIDTH,)}
