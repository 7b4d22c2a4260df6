"""The model's file: what was written is read again, and a damaged one is refused."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.catalogue.reading.encoder import Text
from bot.catalogue.reading.model_file import ABOUT, SCALE, Model, read_model
from bot.catalogue.reading.word_pieces import END, START, UNKNOWN
from bot.catalogue.scope_file import CatalogueBroken
from bot.catalogue.training.examples import Outcomes
from bot.catalogue.training.export import write_model
from tests.catalogue.reading.tiny_model import tiny_head, tiny_weights

Stored = dict[str, NDArray[Any]]

PIECES = ["[PAD]", START, END, UNKNOWN, "list", "rooms", "##s"]
OUTCOMES = Outcomes(("GET /rooms", "POST /messages"), ("messages",), ("sms", "email"))
WEIGHTS = {
    **tiny_weights(pieces=len(PIECES), layers=2),
    **tiny_head("meaning", 5),
    **tiny_head("everyone", 2),
}
KEPT_WHOLE = {name for name, weight in WEIGHTS.items() if weight.ndim == 1 or name == "kind"}
ENTRIES = [ABOUT, *WEIGHTS, *(name + SCALE for name in WEIGHTS if name not in KEPT_WHOLE)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path: Path = tmp_path_factory.mktemp("model") / "model.npz"
    write_model(path, WEIGHTS, pieces=PIECES, outcomes=OUTCOMES)
    return path.read_bytes()


@pytest.fixture
def stored(written: bytes) -> Stored:
    with np.load(io.BytesIO(written), allow_pickle=False) as entries:
        return dict(entries)


def read(content: bytes) -> Model:
    return read_model(io.BytesIO(content))


def saved(stored: Stored) -> bytes:
    file = io.BytesIO()
    np.savez(file, **stored)  # type: ignore[arg-type]  # numpy names its one flag among the arrays
    return file.getvalue()


def about(stored: Stored) -> dict[str, Any]:
    return dict(json.loads(stored[ABOUT].tobytes()))


def with_about(stored: Stored, **changes: object) -> bytes:
    return with_text(stored, json.dumps(about(stored) | changes))


def with_text(stored: Stored, text: str) -> bytes:
    return saved(stored | {ABOUT: np.frombuffer(text.encode(), dtype=np.uint8)})


def test_what_was_written_is_read_again(written: bytes) -> None:
    model = read(written)
    assert model.operations == ("GET /rooms", "POST /messages")
    assert model.watched == ("messages",)
    assert model.impossible == ("sms", "email")
    assert model.pieces.numbers("list roomss", most=9) == [4, 5, 6]
    assert (model.encoder.start, model.encoder.end, model.encoder.layers) == (1, 2, 2)


def test_the_weights_come_back_within_the_rounding_of_a_byte(written: bytes) -> None:
    weights = read(written).encoder.weights
    assert weights.keys() == WEIGHTS.keys()
    for name, weight in WEIGHTS.items():
        assert weights[name].dtype == np.float32
        if name in KEPT_WHOLE:
            np.testing.assert_array_equal(weights[name], weight)
        else:
            step = np.abs(weight).max(axis=1, keepdims=True) / 127
            assert (np.abs(weights[name] - weight) <= step * 0.501).all()
            assert not (weights[name] == weight).all()


def test_a_head_rates_each_of_its_outcomes(written: bytes) -> None:
    model = read(written)
    vectors = model.encoder.vectors([Text((4,)), Text((5, 6))])
    weights = model.encoder.weights
    expected = vectors @ weights["meaning.matrix"].T + weights["meaning.bias"]
    np.testing.assert_allclose(model.scores(vectors, "meaning"), expected, rtol=1e-5)
    assert model.scores(vectors, "meaning").shape == (2, len(model.outcomes))
    assert model.scores(vectors, "everyone").shape == (2, 2)


def test_a_model_that_was_read_can_be_written_and_read_again(
    written: bytes, tmp_path: Path
) -> None:
    once = read(written)
    path = tmp_path / "again.npz"
    write_model(path, once.encoder.weights, pieces=PIECES, outcomes=OUTCOMES)
    again = read(path.read_bytes())
    for name, weight in once.encoder.weights.items():
        np.testing.assert_allclose(again.encoder.weights[name], weight, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_file_that_lacks_anything_is_refused(stored: Stored, entry: str) -> None:
    del stored[entry]
    refused(saved(stored))


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x80\x04]\x94."],
    ids=["empty", "text", "cut zip", "empty zip", "pickle"],
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    refused(content)


def test_a_single_array_or_another_zip_is_refused() -> None:
    array, other = io.BytesIO(), io.BytesIO()
    np.save(array, WEIGHTS["piece"])
    refused(array.getvalue())
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(ABOUT, "{}")
    refused(other.getvalue())


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused(written: bytes, share: float) -> None:
    refused(written[: int(len(written) * share)])


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_wrong_bytes_is_refused_or_reads_as_before(written: bytes, seed: int) -> None:
    """A wrong byte between the entries, as in a date, means nothing; elsewhere it is noticed."""
    chance, before = random.Random(seed), read(written)
    for _ in range(40):
        damaged = bytearray(written)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            after = read(bytes(damaged))
        except CatalogueBroken:
            continue
        assert after.operations == before.operations
        for name, weight in before.encoder.weights.items():
            np.testing.assert_array_equal(after.encoder.weights[name], weight)


def test_a_file_that_cannot_be_read_is_refused(written: bytes) -> None:
    with pytest.raises(CatalogueBroken, match="disk on fire"):
        read_model(Burning(written))


class Burning(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError("disk on fire")


def test_objects_are_never_unpacked(stored: Stored) -> None:
    stored["piece"] = np.array([Bomb()] * len(PIECES), dtype=object)
    refused(saved(stored))
    assert Bomb.exploded == []


class Bomb:
    """Says when it is unpacked, as a malicious object in a pickle could do anything."""

    exploded: list[str] = []  # noqa: RUF012 - one list for all, so that the test sees it

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return Bomb.exploded.append, ("bang",)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"pieces": PIECES[:-1]},
        {"pieces": [*PIECES, "more"]},
        *({"pieces": [one.replace(lost, "x") for one in PIECES]} for lost in (START, END, UNKNOWN)),
        {"pieces": None},
        {"pieces": [[one] for one in PIECES]},
        {"operations": ["GET /rooms"]},
        {"operations": ["GET /rooms", "POST /messages", "PUT /rooms/{roomId}"]},
        {"watched": []},
        {"impossible": ["sms"]},
        {"layers": 3},
        {"layers": "2"},
    ],
)
def test_a_model_that_contradicts_itself_is_refused(
    stored: Stored, changes: dict[str, object]
) -> None:
    refused(with_about(stored, **changes))


@pytest.mark.parametrize("field", ["format", "layers", "pieces", "operations", "watched"])
def test_a_model_that_does_not_say_what_it_is_is_refused(stored: Stored, field: str) -> None:
    rest = {name: value for name, value in about(stored).items() if name != field}
    refused(with_text(stored, json.dumps(rest)))


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "null", "1", '{"format": 1', "{}"])
def test_an_about_that_is_no_json_object_is_refused(stored: Stored, text: str) -> None:
    refused(with_text(stored, text))


@pytest.mark.parametrize(
    ("entry", "shape"),
    [
        ("piece", (6, 24)),
        ("piece", (7, 12)),
        ("piece", ()),
        ("everyone.matrix", (3, 24)),
        ("meaning.matrix", (5, 23)),
        ("meaning.bias", (4,)),
        ("layer1.query.matrix", (24, 23)),
        ("embedded.gain", (23,)),
    ],
)
def test_weights_of_a_wrong_shape_are_refused(
    stored: Stored, entry: str, shape: tuple[int, ...]
) -> None:
    if entry + SCALE in stored:
        stored[entry + SCALE] = np.ones((*shape[:1], 1), dtype=np.float32)
    refused(saved(stored | {entry: np.ones(shape, dtype=np.float32)}))


def test_words_instead_of_weights_are_refused(stored: Stored) -> None:
    refused(saved(stored | {"place": np.array(["words"])}))


def refused(content: bytes) -> None:
    with pytest.raises(CatalogueBroken) as caught:
        read(content)
    assert "model.npz is damaged" in caught.value.message
    assert "Install Consentry again" in caught.value.advice
