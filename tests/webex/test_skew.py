from datetime import timedelta

import pytest
import requests
import responses

from bot.core.errors import WebexBusy
from bot.emulator.server import Emulator
from bot.webex.skew import clock_skew
from tests.webex.conftest import NOON

API = "https://webex.test/v1"


def test_a_right_clock_agrees_with_webex(webex: Emulator) -> None:
    skew = clock_skew(webex.api_url, webex.clock)
    assert skew is not None
    assert abs(skew) < timedelta(seconds=5)


@responses.activate
@pytest.mark.parametrize(
    ("date", "skew"),
    [
        ("Fri, 20 Nov 2026 11:58:00 GMT", timedelta(minutes=2)),
        ("Fri, 20 Nov 2026 12:00:30 GMT", timedelta(seconds=-30)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_difference_is_counted_from_the_date_of_an_answer(
    date: str, skew: timedelta | None
) -> None:
    responses.head(f"{API}/people/me", status=401, headers={"Date": date})
    assert clock_skew(API, lambda: NOON) == skew


@responses.activate
def test_a_webex_that_cannot_be_reached_is_busy() -> None:
    responses.head(f"{API}/people/me", body=requests.ConnectionError())
    with pytest.raises(WebexBusy):
        clock_skew(API, lambda: NOON)
