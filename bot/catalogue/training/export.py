"""Writes what was learnt as the file that :mod:`bot.catalogue.reading.model_file` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.reading.encoder import Numbers
from bot.catalogue.reading.model_file import ABOUT, FORMAT, SCALE
from bot.catalogue.training.examples import Outcomes

_LARGEST = 127


def write_model(
    path: Path, weights: Mapping[str, Numbers], *, pieces: Sequence[str], outcomes: Outcomes
) -> None:
    """Write the weights, matrices as bytes with a scale for each row, and what they mean."""
    about = {
        "format": FORMAT,
        "layers": sum(name.endswith("query.matrix") for name in weights),
        "pieces": list(pieces),
        "operations": outcomes.operations,
        "watched": outcomes.watched,
        "impossible": outcomes.impossible,
    }
    stored: dict[str, Any] = {ABOUT: np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}
    for name, weight in weights.items():
        if weight.ndim == 1 or name == "kind":
            stored[name] = weight.astype(np.float32)
        else:
            stored[name], stored[name + SCALE] = _as_bytes(weight)
    np.savez(path, **stored)


def _as_bytes(weight: Numbers) -> tuple[NDArray[np.int8], Numbers]:
    scale = np.abs(weight).max(axis=1, keepdims=True) / _LARGEST
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    return np.rint(weight / scale).astype(np.int8), scale
