"""The model's file as it is written: small, and without anything that must be unpacked."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.reading.encoder import Numbers
from bot.catalogue.reading.model_file import ABOUT, FORMAT, SCALE, read_model
from bot.catalogue.reading.word_pieces import END, START, UNKNOWN
from bot.catalogue.training.examples import Outcomes
from bot.catalogue.training.export import write_model
from tests.catalogue.reading.tiny_model import tiny_head, tiny_weights

PIECES = (START, END, UNKNOWN, "rooms")
OUTCOMES = Outcomes(("GET /rooms",), ("messages",), ("sms",))
WEIGHTS = {
    **tiny_weights(pieces=len(PIECES), layers=3),
    **tiny_head("meaning", 3),
    **tiny_head("everyone", 2),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "model.npz"


def written(path: Path, weights: dict[str, Numbers]) -> dict[str, Numbers]:
    write_model(path, weights, pieces=PIECES, outcomes=OUTCOMES)
    with np.load(path, allow_pickle=False) as stored:
        return dict(stored)


def test_the_file_says_what_it_holds(path: Path) -> None:
    about = json.loads(written(path, WEIGHTS)[ABOUT].tobytes())
    assert about == {
        "format": FORMAT,
        "layers": 3,
        "pieces": list(PIECES),
        "operations": ["GET /rooms"],
        "watched": ["messages"],
        "impossible": ["sms"],
    }


def test_a_matrix_is_written_as_bytes_with_a_scale_for_each_row(path: Path) -> None:
    stored = written(path, WEIGHTS)
    matrix, scale = stored["meaning.matrix"], stored["meaning.matrix" + SCALE]
    assert matrix.dtype == np.int8
    assert scale.shape == (3, 1)
    assert np.abs(matrix).max(axis=1).tolist() == [127, 127, 127]
    np.testing.assert_allclose(matrix * scale, WEIGHTS["meaning.matrix"], atol=scale.max() / 2)


def test_each_row_is_scaled_by_itself_so_that_small_ones_stay_exact(path: Path) -> None:
    uneven = np.array([[1000.0, -500.0], [0.001, 0.0005]], dtype=np.float32)
    stored = written(path, WEIGHTS | {"everyone.matrix": uneven})
    assert stored["everyone.matrix"].tolist() == [[127, -64], [127, 64]]


def test_what_is_small_is_written_as_it_is(path: Path) -> None:
    stored = written(path, WEIGHTS)
    for name in ("kind", "meaning.bias", "embedded.gain"):
        np.testing.assert_array_equal(stored[name], WEIGHTS[name])
        assert stored[name].dtype == np.float32
        assert name + SCALE not in stored


def test_a_row_of_nothing_stays_nothing(path: Path) -> None:
    piece = WEIGHTS["piece"].copy()
    piece[1] = 0
    written(path, WEIGHTS | {"piece": piece})
    with path.open("rb") as file:
        read = read_model(file).encoder.weights["piece"]
    assert read[1].tolist() == [0.0] * piece.shape[1]
    assert np.isfinite(read).all()
    assert read[0].any()
