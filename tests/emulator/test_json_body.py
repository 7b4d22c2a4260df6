"""What is no JSON object is refused before any rule sees it."""

import pytest
import requests

from bot.emulator.server import Emulator
from tests.emulator.world import ANA, ROBO


@pytest.mark.parametrize(
    ("body", "mimetype", "status"),
    [
        (b'{"text": "hello"}', "text/plain", 415),
        (b"[1, 2]", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b'{"a": ' * 2000 + b"1" + b"}" * 2000, "application/json", 400),
    ],
)
def test_odd_bodies_are_refused(webex: Emulator, body: bytes, mimetype: str, status: int) -> None:
    answer = requests.post(
        f"{webex.url}/_emulator/speak", data=body, headers={"Content-Type": mimetype}, timeout=5
    )
    assert answer.status_code == status


def test_a_plain_body_is_taken(webex: Emulator) -> None:
    wish = {"person": ANA, "to": ROBO, "text": "hello"}
    assert requests.post(f"{webex.url}/_emulator/speak", json=wish, timeout=5).ok
