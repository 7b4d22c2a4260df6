"""Word overlap: the rarer a shared word, the more it says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.reading.word_overlap import WordOverlap

DOCUMENTS = (
    ("post a message", "write a message to the space"),
    ("delete a message",),
    ("list the recordings of a meeting",),
    (),
)
OVERLAP = WordOverlap(DOCUMENTS)


def best(text: str) -> int:
    return int(OVERLAP.scores(text).argmax())


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("post a message", 0),
        ("delete the message", 1),
        ("all my Recordings!", 2),
        ("the recording", 2),
        ("getMeetingRecordings", 2),
    ],
)
def test_the_document_that_shares_the_telling_words_is_best(text: str, document: int) -> None:
    assert best(text) == document


def test_nothing_shared_scores_nothing() -> None:
    assert not OVERLAP.scores("order pizza").any()
    assert not OVERLAP.scores("").any()
    assert not OVERLAP.scores("message a the of")[3]


def test_a_word_of_few_documents_says_more_than_one_of_many() -> None:
    rare, common = OVERLAP.scores("delete"), OVERLAP.scores("message")
    assert rare[1] > common[1] > 0


def test_a_word_counts_once_however_often_the_task_says_it() -> None:
    np.testing.assert_array_equal(OVERLAP.scores("post post posts"), OVERLAP.scores("post"))


def test_a_weight_is_what_the_formula_says() -> None:
    lengths = [9, 3, 6, 0]
    slack = 0.6 * (1 - 0.2 + 0.2 * lengths[0] / (sum(lengths) / len(lengths)))
    rarity = math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    expected = rarity * 2 * 1.6 / (2 + slack)
    assert OVERLAP.scores("message")[0] == pytest.approx(expected, rel=1e-5)


@given(st.text())
def test_any_text_gets_a_score_for_each_document(text: str) -> None:
    scores = OVERLAP.scores(text)
    assert scores.shape == (len(DOCUMENTS),)
    assert (scores >= 0).all()


def test_without_any_word_there_is_nothing_to_share() -> None:
    assert WordOverlap([(), ()]).scores("message").tolist() == [0, 0]
