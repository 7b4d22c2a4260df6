"""Reads the trained model that ships with Consentry, and refuses one that is damaged.

Matrices are stored as whole numbers of one byte, with a scale for each row, which makes the file
a quarter of the size; ``bot.catalogue.training.export`` writes it.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tokenize import TokenError
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.reading.encoder import Encoder, Numbers, Text, Weights
from bot.catalogue.reading.word_pieces import END, START, UNKNOWN, WordPieces
from bot.catalogue.scope_file import CatalogueBroken

FILE = "model.npz"
_DAMAGE = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, OSError, EOFError),
    *(SyntaxError, MemoryError, TokenError, zipfile.BadZipFile, zlib.error),
)
"""What numpy and zipfile raise for wrong bytes; RuntimeError where they look encrypted."""
FORMAT = 1
"""The shape of the file. Raise it when an older Consentry could no longer read the file."""
ABOUT = "about"
"""The entry with everything that is no weight: a JSON text as bytes."""
SCALE = ".scale"
"""Behind the name of a matrix that is stored as bytes: what its rows are multiplied with."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: how to read a text, and what each outcome is called.

    The outcomes of the head ``meaning`` are the operations, then what is watched, then what is
    impossible; those of the head ``everyone`` are no and yes.

    Attributes:
        operations: Their names, such as ``GET /rooms``.
        watched: The resources that a webhook can watch.
        impossible: The ids of what Webex cannot do.
    """

    pieces: WordPieces
    encoder: Encoder
    operations: tuple[str, ...]
    watched: tuple[str, ...]
    impossible: tuple[str, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes of the head ``meaning``, in their order."""
        return (*self.operations, *self.watched, *self.impossible)

    def scores(self, vectors: Numbers, head: str) -> Numbers:
        """Rate each outcome of a head, as logits: an array of texts by outcomes."""
        weights = self.encoder.weights
        rated: Numbers = vectors @ weights[f"{head}.matrix"].T + weights[f"{head}.bias"]
        return rated


def read_model(file: IO[bytes]) -> Model:
    """Read the model from its file.

    Raises:
        CatalogueBroken: It is no such file, is damaged, or lacks something.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            return _model(dict(stored))
    except _DAMAGE as fault:
        raise CatalogueBroken(f"it cannot be read ({fault})", file=FILE) from fault


def _model(stored: Mapping[str, NDArray[Any]]) -> Model:
    about = json.loads(stored[ABOUT].tobytes())
    if about["format"] != FORMAT:
        raise ValueError(f"not of format {FORMAT}")
    pieces = WordPieces(about["pieces"])
    model = Model(
        pieces=pieces,
        encoder=Encoder(_weights(stored), about["layers"], start=pieces.start, end=pieces.end),
        operations=tuple(about["operations"]),
        watched=tuple(about["watched"]),
        impossible=tuple(about["impossible"]),
    )
    _check(model, about["pieces"])
    return model


def _weights(stored: Mapping[str, NDArray[Any]]) -> Weights:
    named = {name: array for name, array in stored.items() if name != ABOUT}
    return {
        name: array * named[name + SCALE] if array.dtype == np.int8 else array.astype(np.float32)
        for name, array in named.items()
        if not name.endswith(SCALE)
    }


def _check(model: Model, pieces: Sequence[str]) -> None:
    if lacking := {START, END, UNKNOWN} - set(pieces):
        raise ValueError(f"no piece {', '.join(sorted(lacking))}")
    vectors = model.encoder.vectors([Text(())])  # fails where a weight is lacking or does not fit
    for name, found, expected in (
        ("piece", len(model.encoder.weights["piece"]), len(pieces)),
        ("meaning", model.scores(vectors, "meaning").shape[1], len(model.outcomes)),
        ("everyone", model.scores(vectors, "everyone").shape[1], 2),
    ):
        if found != expected:
            raise ValueError(f"{name} has {found} rows instead of {expected}")
