from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.webex.retry_after import read_retry_after

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("0", timedelta()),
        ("3600", timedelta(hours=1)),
        (" 15 ", timedelta(seconds=15)),
        ("Fri, 20 Nov 2026 12:01:30 GMT", timedelta(seconds=90)),
        ("Fri, 20 Nov 2026 12:01:30 -0000", timedelta(seconds=90)),
        ("Fri, 20 Nov 2026 13:01:30 +0100", timedelta(seconds=90)),
        ("Fri, 20 Nov 2026 11:00:00 GMT", timedelta()),
        ("999999", ONE_DAY),
        ("9" * 5000, ONE_DAY),
        ("Fri, 20 Nov 9999 12:00:00 GMT", ONE_DAY),
    ],
)
def test_a_wait_that_webex_asks_for_is_understood(header: str, wait: timedelta) -> None:
    assert read_retry_after(header, now=NOON) == wait


@pytest.mark.parametrize(
    "header", [None, "", "soon", "-5", "1.5", "NaN", "²", "Fri, 99 Nov 2026 12:00:00 GMT", "٣"]
)
def test_rubbish_or_nothing_asks_for_no_wait(header: str | None) -> None:
    assert read_retry_after(header, now=NOON) is None


@given(st.text())
def test_no_header_whatsoever_breaks_it_or_makes_us_wait_for_ever(header: str) -> None:
    wait = read_retry_after(header, now=NOON)
    assert wait is None or timedelta() <= wait <= ONE_DAY
