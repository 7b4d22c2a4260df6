"""The encoder: held against the same sum, written slowly with loops alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.reading.encoder import Text, Weights, laid_out, shares
from tests.catalogue.reading.tiny_model import END, START, WIDTH, tiny_encoder

Row = list[float]
HEADS = 12
"""As MiniLM has them, from whose weights ours began; with another number they mean nothing."""
ENCODERS = {layers: tiny_encoder(layers=layers) for layers in (0, 1, 2)}

pieces = st.lists(st.integers(min_value=2, max_value=19), max_size=7)
texts = st.builds(Text, pieces, pieces)


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3), st.sampled_from(sorted(ENCODERS)))
def test_every_vector_is_what_the_slow_sum_gives(texts: list[Text], layers: int) -> None:
    fast = ENCODERS[layers].vectors(texts)
    slow = [Slow(ENCODERS[layers].weights).vector(text, layers) for text in texts]
    np.testing.assert_allclose(fast, slow, rtol=2e-4, atol=2e-4)
    assert fast.dtype == np.float32


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5))
def test_a_text_among_longer_ones_has_the_vector_that_it_has_alone(texts: list[Text]) -> None:
    encoder = ENCODERS[2]
    alone = np.concatenate([encoder.vectors([text]) for text in texts])
    np.testing.assert_allclose(encoder.vectors(texts), alone, rtol=1e-4, atol=1e-4)


def test_the_context_changes_the_vector() -> None:
    alone, about_cats, about_dogs = ENCODERS[1].vectors(
        [Text((5, 6)), Text((5, 6), (7,)), Text((5, 6), (8,))]
    )
    assert np.abs(alone - about_cats).max() > 0.1
    assert np.abs(about_dogs - about_cats).max() > 0.1


def test_the_pieces_of_the_context_are_looked_at_but_never_part_of_the_vector() -> None:
    """Without a layer nothing looks at anything, so that only the pooling could let it in."""
    alone, accompanied = ENCODERS[0].vectors([Text((5, 6)), Text((5, 6), (7, 8, 9))])
    np.testing.assert_array_equal(alone, accompanied)


def test_the_context_is_no_part_of_the_text() -> None:
    apart, together = ENCODERS[1].vectors([Text((5,), (6,)), Text((5, END, 6))])
    assert np.abs(apart - together).max() > 0.1


def test_the_order_of_the_pieces_counts() -> None:
    one, other = ENCODERS[1].vectors([Text((5, 6)), Text((6, 5))])
    assert np.abs(one - other).max() > 0.1


def test_a_text_without_pieces_has_a_vector_too() -> None:
    (vector,) = ENCODERS[2].vectors([Text(())])
    assert np.isfinite(vector).all()
    assert vector.shape == (WIDTH,)


def test_texts_are_laid_side_by_side() -> None:
    numbers, kinds, own, seen = laid_out([Text((7, 8), (9,)), Text((5,))], start=3, end=4)
    assert numbers.tolist() == [[3, 7, 8, 4, 9, 4], [3, 5, 4, 0, 0, 0]]
    assert kinds.tolist() == [[0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0]]
    assert own.tolist() == [[1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 0, 0]]
    assert seen.tolist() == [[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]]


def test_shares_are_those_of_the_powers_of_e() -> None:
    scores = np.log(np.array([[1, 2, 5], [4, 4, 4]], dtype=np.float32))
    expected = [[1 / 8, 2 / 8, 5 / 8], [1 / 3, 1 / 3, 1 / 3]]
    np.testing.assert_allclose(shares(scores), expected, rtol=1e-5)


@pytest.mark.parametrize("height", [1e4, -1e4])
def test_shares_of_huge_scores_stay_numbers(height: float) -> None:
    scores = np.array([height, height - 1000], dtype=np.float32)
    assert shares(scores).tolist() == [1, 0]


class Slow:
    """A transformer of the BERT kind, one number after the other."""

    def __init__(self, weights: Weights) -> None:
        self.weights = {name: array.tolist() for name, array in weights.items()}

    def vector(self, text: Text, layers: int) -> Row:
        own = [START, *text.pieces, END]
        rest = [*text.context, END] if text.context else []
        rows = [
            self.normal(self.embedded(piece, place, int(place >= len(own))), "embedded")
            for place, piece in enumerate(own + rest)
        ]
        for layer in range(layers):
            rows = self.layer(rows, f"layer{layer}.")
        return [sum(row[at] for row in rows[: len(own)]) / len(own) for at in range(WIDTH)]

    def embedded(self, piece: int, place: int, kind: int) -> Row:
        weights = self.weights
        return added(weights["piece"][piece], weights["place"][place], weights["kind"][kind])

    def layer(self, rows: list[Row], name: str) -> list[Row]:
        met = [
            self.normal(added(row, self.linear(seen, name + "met")), name + "met")
            for row, seen in zip(rows, self.attention(rows, name), strict=True)
        ]
        return [self.normal(added(row, self.transformed(row, name)), name + "outer") for row in met]

    def transformed(self, row: Row, name: str) -> Row:
        inner = [gelu(one) for one in self.linear(row, name + "inner")]
        return self.linear(inner, name + "outer")

    def attention(self, rows: list[Row], name: str) -> list[Row]:
        queries, keys, values = (
            [self.linear(row, name + part) for row in rows] for part in ("query", "key", "value")
        )
        size = WIDTH // HEADS
        parts = [slice(head * size, (head + 1) * size) for head in range(HEADS)]
        return [
            [
                number
                for part in parts
                for number in look(
                    query[part], [key[part] for key in keys], [value[part] for value in values]
                )
            ]
            for query in queries
        ]

    def linear(self, row: Row, name: str) -> Row:
        matrix, bias = self.weights[f"{name}.matrix"], self.weights[f"{name}.bias"]
        return [dot(row, weights) + more for weights, more in zip(matrix, bias, strict=True)]

    def normal(self, row: Row, name: str) -> Row:
        mean = sum(row) / len(row)
        variance = sum((one - mean) ** 2 for one in row) / len(row)
        even = [(one - mean) / math.sqrt(variance + 1e-12) for one in row]
        gain, shift = self.weights[f"{name}.gain"], self.weights[f"{name}.shift"]
        return [one * g + s for one, g, s in zip(even, gain, shift, strict=True)]


def look(query: Row, keys: Sequence[Row], values: Sequence[Row]) -> Row:
    scores = [math.exp(dot(query, key) / math.sqrt(len(query))) for key in keys]
    shown = [score / sum(scores) for score in scores]
    return [
        sum(share * value[at] for share, value in zip(shown, values, strict=True))
        for at in range(len(query))
    ]


def gelu(x: float) -> float:
    return x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def dot(one: Row, other: Row) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def added(*rows: Row) -> Row:
    return [sum(column) for column in zip(*rows, strict=True)]
