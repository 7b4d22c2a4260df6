import socket
from pathlib import Path

import pytest
import requests
from webexteamssdk import ApiError, WebexTeamsAPI
from webexteamssdk.exceptions import RateLimitError

from bot.emulator.faults import RateLimit
from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    CARD,
    ORGANISATION,
    ROBO_TOKEN,
    Control,
    Receiver,
    card_attachment,
)


@pytest.fixture
def sdk(webex: Emulator) -> WebexTeamsAPI:
    return WebexTeamsAPI(ROBO_TOKEN, base_url=f"{webex.api_url}/", wait_on_rate_limit=False)


def test_the_sdk_writes_reads_and_deletes(sdk: WebexTeamsAPI) -> None:
    message = sdk.messages.create(toPersonEmail=ANA, markdown="**hi**")
    assert sdk.messages.get(message.id).html == "<p><strong>hi</strong></p>"
    assert [found.id for found in sdk.messages.list_direct(personEmail=ANA)] == [message.id]
    sdk.messages.delete(message.id)
    with pytest.raises(ApiError) as refusal:
        sdk.messages.get(message.id)
    assert refusal.value.status_code == 404
    assert refusal.value.details["errors"]


def test_the_sdk_sends_cards_and_reads_presses(sdk: WebexTeamsAPI, control: Control) -> None:
    message = sdk.messages.create(toPersonEmail=ANA, text="-", attachments=card_attachment(CARD))
    pressed = control(
        "POST", "press", {"person": ANA, "messageId": message.id, "inputs": {"note": "x"}}
    )
    assert sdk.attachment_actions.get(pressed["id"]).inputs == {"action": "go", "note": "x"}
    sent = sdk.attachment_actions.create(type="submit", messageId=message.id, inputs={"note": "y"})
    assert sent.inputs == {"note": "y"}


def test_the_sdk_walks_through_pages(sdk: WebexTeamsAPI) -> None:
    for number in range(7):
        sdk.rooms.create(f"Room {number}")
    assert len(list(sdk.rooms.list(max=3))) == 8


def test_the_sdk_keeps_webhooks_rooms_and_members(sdk: WebexTeamsAPI, target: Receiver) -> None:
    hook = sdk.webhooks.create("n", target.url, "messages", "created", secret="x")
    assert sdk.webhooks.update(hook.id, name="m", targetUrl=target.url).name == "m"
    assert [found.id for found in sdk.webhooks.list()] == [hook.id]
    sdk.webhooks.delete(hook.id)
    room = sdk.rooms.create("New")
    member = sdk.memberships.create(room.id, personEmail=BEN)
    assert len(list(sdk.memberships.list(roomId=room.id))) == 2
    sdk.memberships.delete(member.id)
    assert sdk.people.get(sdk.people.me().id).type == "bot"
    assert [person.displayName for person in sdk.people.list(email=ANA)] == ["Ana Ruiz"]


def test_the_sdk_is_told_to_wait(webex: Emulator, sdk: WebexTeamsAPI) -> None:
    webex.state.faults.rate_limit = RateLimit(requests=0, window_seconds=30)
    with pytest.raises(RateLimitError) as refusal:
        sdk.people.me()
    assert refusal.value.retry_after == 30


def test_a_stopped_emulator_cuts_connections_and_frees_its_port() -> None:
    running = Emulator(ORGANISATION)
    running.start()
    host, port = running.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as idle:
        requests.get(running.url, timeout=5)
        running.stop()
        assert idle.recv(1) == b""
    with Emulator(ORGANISATION, port=int(port)) as again:
        assert again.url == running.url


def test_one_that_was_never_started_can_be_stopped(tmp_path: Path) -> None:
    Emulator(ORGANISATION, adaptive_cards=tmp_path / "absent.js").stop()


def test_two_emulators_know_nothing_of_each_other() -> None:
    with Emulator(ORGANISATION) as one, Emulator(ORGANISATION) as other:
        Control(one.url).say(ANA, "hi", to="robo@webex.bot")
        assert one.state.messages
        assert not other.state.messages
