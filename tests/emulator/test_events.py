import json

import pytest

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    CARD,
    OTHER_TOKEN,
    ROBO,
    Api,
    Control,
    Json,
    Receiver,
    card_attachment,
    signed_in,
)


@pytest.fixture
def told(webex: Emulator, target: Receiver) -> "Told":
    return Told(webex, target)


class Told:
    """Registers webhooks, and waits for what they are told."""

    def __init__(self, webex: Emulator, target: Receiver) -> None:
        self.webex, self.target = webex, target

    def register(self, api: Api, resource: str, event: str = "created", **more: str) -> None:
        wish = {"name": "n", "targetUrl": self.target.url, "resource": resource, "event": event}
        api.ok("POST", "/webhooks", wish | more)

    def __call__(self) -> list[Json]:
        assert self.webex.state.deliveries.wait_until_idle(10)
        heard = [json.loads(one.body) for one in self.target.heard]
        self.target.heard.clear()
        return heard


def test_the_envelope_carries_ids_and_never_words(robo: Api, control: Control, told: Told) -> None:
    told.register(robo, "messages")
    said = control.say(ANA, "my secret plan", to=ROBO)
    envelope = told()[0]
    assert envelope["actorId"] == said["personId"]
    assert envelope["resource"] == "messages"
    assert envelope["event"] == "created"
    assert envelope["status"] == "active"
    assert envelope["ownedBy"] == "creator"
    assert envelope["createdBy"] == robo.ok("GET", "/people/me")["id"]
    names = ("id", "roomId", "roomType", "personId", "personEmail", "created")
    assert envelope["data"] == {name: said[name] for name in names}
    assert "secret" not in json.dumps(envelope)


def test_a_bot_hears_only_mentions_in_a_group_space(
    control: Control, robo: Api, told: Told
) -> None:
    told.register(robo, "messages")
    control.say(ANA, "nothing for you", space="Telephony")
    assert told() == []
    control.say(ANA, "@Robo this is", space="Telephony")
    assert told()[0]["data"]["roomType"] == "group"


def test_a_bot_hears_itself(robo: Api, telephony: str, told: Told) -> None:
    told.register(robo, "messages")
    robo.ok("POST", "/messages", {"roomId": telephony, "text": "hello all"})
    assert told()[0]["data"]["personEmail"] == ROBO


def test_a_person_hears_everything_in_her_spaces_and_nothing_elsewhere(
    webex: Emulator, control: Control, told: Told
) -> None:
    told.register(signed_in(webex, ANA), "messages")
    control.say(BEN, "hello", space="Telephony")
    control.say(BEN, "psst", space="Secret")
    assert [envelope["data"]["personEmail"] for envelope in told()] == [BEN]


def test_edits_and_deletions_are_told(robo: Api, telephony: str, told: Told) -> None:
    told.register(robo, "messages", "updated")
    told.register(robo, "messages", "deleted")
    message = robo.ok("POST", "/messages", {"roomId": telephony, "text": "a"})
    robo.ok("PUT", f"/messages/{message['id']}", {"roomId": telephony, "text": "b"})
    robo.ok("DELETE", f"/messages/{message['id']}")
    assert sorted(envelope["event"] for envelope in told()) == ["deleted", "updated"]


def test_a_press_is_told_to_the_author_of_the_card_alone(
    webex: Emulator, robo: Api, control: Control, told: Told
) -> None:
    told.register(robo, "attachmentActions")
    told.register(Api(webex.api_url, OTHER_TOKEN), "attachmentActions", name="other")
    wish = {"toPersonEmail": ANA, "text": "-", "attachments": card_attachment(CARD)}
    message = robo.ok("POST", "/messages", wish)
    pressed = control(
        "POST", "press", {"person": ANA, "messageId": message["id"], "inputs": {"note": "x"}}
    )
    heard = told()
    assert len(heard) == 1
    assert heard[0]["data"] == {name: value for name, value in pressed.items() if name != "inputs"}


def test_a_bot_is_told_that_it_came_and_that_it_went(
    robo: Api, control: Control, told: Told
) -> None:
    told.register(robo, "memberships", "all")
    control("POST", "members/add", {"space": "Secret", "person": ROBO})
    control("POST", "members/remove", {"space": "Secret", "person": ROBO})
    control("POST", "members/remove", {"space": "Secret", "person": BEN})
    assert [(e["event"], e["data"]["personEmail"]) for e in told()] == [
        ("created", ROBO),
        ("deleted", ROBO),
    ]


def test_a_new_1_1_space_is_told_before_its_first_message(
    robo: Api, control: Control, told: Told
) -> None:
    told.register(robo, "all", "all")
    control.say(ANA, "hi", to=ROBO)
    heard = [f"{envelope['resource']}/{envelope['event']}" for envelope in told()]
    assert heard[-1] == "messages/created"
    assert set(heard[:-1]) == {"memberships/created", "rooms/created"}


def test_the_firehose_does_not_carry_presses(robo: Api, control: Control, told: Told) -> None:
    wish = {"toPersonEmail": ANA, "text": "-", "attachments": card_attachment(CARD)}
    message = robo.ok("POST", "/messages", wish)
    told.register(robo, "all", "all")
    control("POST", "press", {"person": ANA, "messageId": message["id"], "inputs": {}})
    assert told() == []


def test_a_webhook_outlives_the_token_that_created_it_but_not_its_owner(
    webex: Emulator, control: Control, told: Told
) -> None:
    told.register(signed_in(webex, ANA), "messages")
    control("POST", "revoke", {"person": ANA})
    control.say(BEN, "still there?", space="Telephony")
    assert len(told()) == 1
    control("POST", "deactivate", {"person": ANA})
    control.say(BEN, "and now?", space="Telephony")
    assert told() == []


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [
        (f"personEmail={ANA}", True),
        (f"personEmail={BEN}", False),
        ("roomType=direct", False),
        ("roomType=group&mentionedPeople=me", True),
        ("hasAttachments=true", False),
        ("hasAttachments=false&hasFiles=false", True),
    ],
)
def test_a_filter_narrows_what_is_told(
    robo: Api, control: Control, told: Told, wanted: str, is_told: bool
) -> None:
    told.register(robo, "messages", filter=wanted)
    control.say(ANA, "@Robo hi", space="Telephony")
    assert bool(told()) == is_told
