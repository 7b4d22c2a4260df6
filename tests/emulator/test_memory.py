"""A restart of the emulator is no end of the world."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import ANA, ORGANISATION, ROBO, ROBO_TOKEN, Api, Control, granted


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "emulator.json"


def test_what_was_said_and_granted_survives_a_restart(file: Path) -> None:
    with Emulator(ORGANISATION, memory=file) as webex:
        control = Control(webex.url)
        control.say(ANA, "hello", to=ROBO)
        control("POST", "clock", {"move_seconds": 3600})
        tokens = granted(webex, ANA)
    with Emulator(ORGANISATION, memory=file) as again:
        assert again.clock.offset == timedelta(hours=1)
        assert Api(again.api_url, str(tokens["access_token"])).ok("GET", "/people/me")
        robo = Api(again.api_url, ROBO_TOKEN)
        said = robo.ok("GET", "/messages/direct", personEmail=ANA)["items"]
        assert [message["text"] for message in said] == ["hello"]
        Control(again.url).say(ANA, "again", to=ROBO)
        numbers = [message.number for message in again.state.messages.values()]
        assert numbers == [1, 2]


def test_the_file_is_for_its_owner_only(file: Path) -> None:
    with Emulator(ORGANISATION, memory=file) as webex:
        Control(webex.url)("POST", "clock", {"move_seconds": 1})
    assert file.stat().st_mode & 0o077 == 0
