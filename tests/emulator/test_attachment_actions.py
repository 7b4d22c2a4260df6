import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    CARD,
    OTHER_TOKEN,
    SAM,
    Api,
    Control,
    card_attachment,
    signed_in,
)


@pytest.fixture
def card_id(robo: Api, telephony: str) -> str:
    wish = {"roomId": telephony, "text": "-", "attachments": card_attachment(CARD)}
    return str(robo.ok("POST", "/messages", wish)["id"])


def test_the_author_of_a_card_reads_who_pressed_and_what_was_typed(
    robo: Api, control: Control, card_id: str
) -> None:
    pressed = control(
        "POST", "press", {"person": ANA, "messageId": card_id, "inputs": {"note": "x"}}
    )
    read = robo.ok("GET", f"/attachment/actions/{pressed['id']}")
    assert read == pressed
    assert read["messageId"] == card_id
    assert read["type"] == "submit"


def test_nobody_else_reads_it(webex: Emulator, control: Control, card_id: str) -> None:
    pressed = control("POST", "press", {"person": ANA, "messageId": card_id, "inputs": {}})
    other = Api(webex.api_url, OTHER_TOKEN)
    assert other.refused("GET", f"/attachment/actions/{pressed['id']}") == 404


def test_pressing_for_a_person_needs_the_scope_to_write(webex: Emulator, card_id: str) -> None:
    sent = {"type": "submit", "messageId": card_id, "inputs": {"note": "x"}}
    ana = signed_in(webex, ANA, "spark:messages_read")
    assert ana.refused("POST", "/attachment/actions", sent) == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [({"type": "open"}, 400), ({"inputs": []}, 400), ({"messageId": "nope"}, 404)],
)
def test_a_wrong_press_is_refused(
    robo: Api, card_id: str, change: dict[str, object], status: int
) -> None:
    sent = {"type": "submit", "messageId": card_id, "inputs": {}}
    assert robo.ok("POST", "/attachment/actions", sent)["inputs"] == {}
    assert robo.refused("POST", "/attachment/actions", sent | change) == status


def test_a_message_without_a_card_has_no_buttons(robo: Api, control: Control) -> None:
    plain = robo.ok("POST", "/messages", {"toPersonEmail": SAM, "text": "hi"})
    sent = {"type": "submit", "messageId": plain["id"], "inputs": {}}
    assert robo.refused("POST", "/attachment/actions", sent) == 400
    assert control.status("POST", "press", {"person": SAM, "messageId": plain["id"]}) == 400
