from datetime import UTC, datetime, timedelta

import pytest

from bot.emulator.clock import EmulatorClock
from bot.emulator.faults import Fault, Faults, RateLimit, RetryAfter


def test_a_fault_meets_as_many_requests_as_it_says() -> None:
    faults = Faults(EmulatorClock())
    faults.add(Fault(method="POST", path="/v1/messages*", times=2, status=502))
    assert faults.take("GET", "/v1/messages") is None
    assert faults.take("POST", "/v1/rooms") is None
    assert faults.take("POST", "/v1/messages/1") is not None
    assert faults.pending()
    assert faults.take("POST", "/v1/messages") is not None
    assert faults.take("POST", "/v1/messages") is None
    assert not faults.pending()


def test_a_rate_limit_counts_per_token_and_window() -> None:
    clock = EmulatorClock()
    faults = Faults(clock)
    assert faults.over_limit("one") is None
    faults.rate_limit = RateLimit(requests=2, window_seconds=60)
    assert [faults.over_limit("one") for _ in range(2)] == [None, None]
    wait = faults.over_limit("one")
    assert wait is not None
    assert timedelta(seconds=59) < wait <= timedelta(seconds=60)
    assert faults.over_limit("other") is None
    clock.move(timedelta(seconds=61))
    assert faults.over_limit("one") is None


def test_a_limit_of_nothing_lets_nothing_through() -> None:
    faults = Faults(EmulatorClock())
    faults.rate_limit = RateLimit(requests=0, window_seconds=30)
    assert faults.over_limit("one") == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("dress", "header"),
    [
        ("seconds", {"Retry-After": "30"}),
        ("date", {"Retry-After": "Fri, 20 Nov 2026 10:00:30 GMT"}),
        ("absent", {}),
        ("rubbish", {"Retry-After": "soon"}),
    ],
)
def test_retry_after_comes_in_every_dress(dress: RetryAfter, header: dict[str, str]) -> None:
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    limit = RateLimit(retry_after=dress)
    assert limit.header(timedelta(seconds=30), now) == header


def test_clearing_forgets_everything() -> None:
    faults = Faults(EmulatorClock())
    faults.add(Fault(status=500))
    faults.rate_limit = RateLimit(requests=0)
    faults.latency_seconds = 1
    faults.clear()
    assert faults.over_limit("one") is None
    assert faults.take("GET", "/v1/rooms") is None
    assert faults.latency_seconds == 0
