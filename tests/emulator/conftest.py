"""A fresh emulator for each test, and its clients."""

from collections.abc import Iterator

import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import ORGANISATION, ROBO_TOKEN, Api, Control, Receiver, receiver


@pytest.fixture
def webex() -> Iterator[Emulator]:
    with Emulator(ORGANISATION) as running:
        yield running


@pytest.fixture
def robo(webex: Emulator) -> Api:
    return Api(webex.api_url, ROBO_TOKEN)


@pytest.fixture
def control(webex: Emulator) -> Control:
    return Control(webex.url)


@pytest.fixture
def target() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def telephony(robo: Api) -> str:
    """The id of the group space that the bot is in."""
    return str(robo.ok("GET", "/rooms", type="group")["items"][0]["id"])
