from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.backoff import delay, fraction

LONGEST = timedelta(minutes=10)


@given(st.integers(1, 10_000), st.text())
def test_no_wait_is_longer_than_the_longest(attempts: int, seed: str) -> None:
    assert timedelta() < delay(attempts, seed=seed) <= LONGEST


@given(st.integers(1, 8), st.text())
def test_each_wait_is_at_least_as_long_as_the_one_before(attempts: int, seed: str) -> None:
    assert delay(attempts + 1, seed=seed) >= delay(attempts, seed=seed)


@given(st.integers(1, 100), st.integers(0, 10**6))
def test_what_was_asked_for_is_always_waited(attempts: int, seconds: int) -> None:
    asked = timedelta(seconds=seconds)
    assert delay(attempts, seed="x", asked=asked) >= asked


def test_a_short_request_does_not_shorten_the_wait() -> None:
    patient = delay(9, seed="x")
    assert delay(9, seed="x", asked=timedelta(seconds=1)) == patient


def test_two_that_failed_together_do_not_come_back_together() -> None:
    waits = {delay(5, seed=f"connection-{n}") for n in range(50)}
    assert len(waits) == 50


def test_the_same_seed_waits_the_same_on_every_machine() -> None:
    assert delay(3, seed="c1") == delay(3, seed="c1")
    assert fraction("c1") == pytest.approx(0.816256629768759)


def test_the_first_wait_and_the_longest_can_be_chosen() -> None:
    hour = timedelta(hours=1)
    assert delay(1, seed="x", first=hour, longest=hour) > timedelta(minutes=10)
    assert delay(50, seed="x", first=hour, longest=2 * hour) <= 2 * hour


@given(st.text())
def test_a_fraction_is_from_nought_to_one(seed: str) -> None:
    assert 0 <= fraction(seed) < 1
