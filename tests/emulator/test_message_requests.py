from datetime import timedelta

import pytest

from bot.emulator.clock import webex_time
from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    CARD,
    EVE,
    OTHER_TOKEN,
    ROBO,
    Api,
    Control,
    card_attachment,
    signed_in,
)


def write(robo: Api, room: str, **more: object) -> str:
    return str(robo.ok("POST", "/messages", {"roomId": room, "text": "x"} | more)["id"])


def test_a_message_is_given_back_as_it_was_stored(robo: Api, telephony: str) -> None:
    wish = {"roomId": telephony, "markdown": "**hi**", "attachments": card_attachment(CARD)}
    created = robo.ok("POST", "/messages", wish)
    assert created["html"] == "<p><strong>hi</strong></p>"
    assert created["text"] == "hi"
    assert created["attachments"] == card_attachment(CARD)
    assert created["personEmail"] == ROBO
    assert robo.ok("GET", f"/messages/{created['id']}") == created


@pytest.mark.parametrize(
    "wish",
    [
        {"text": "no destination"},
        {"roomId": "ROOM", "toPersonEmail": ANA, "text": "two destinations"},
        {"roomId": "ROOM"},
        {"roomId": "ROOM", "text": ""},
        {"roomId": "ROOM", "text": 7},
        {"roomId": "ROOM", "text": "ä" * 3720},
        {"roomId": "ROOM", "markdown": "a" * 7440},
        {"roomId": "ROOM", "text": "x", "attachments": []},
        {"roomId": "ROOM", "files": ["https://x.example/1", "https://x.example/2"]},
        {"roomId": "ROOM", "files": ["/etc/passwd"]},
    ],
)
def test_a_wrong_message_is_refused(robo: Api, telephony: str, wish: dict[str, object]) -> None:
    if "roomId" in wish:
        wish = wish | {"roomId": telephony}
    assert robo.refused("POST", "/messages", wish) == 400


@pytest.mark.parametrize(
    "destination",
    [{"roomId": "nope"}, {"toPersonEmail": "x@clinic.example"}, {"toPersonEmail": ROBO}],
)
def test_nobody_there_to_write_to(robo: Api, destination: dict[str, str]) -> None:
    assert robo.refused("POST", "/messages", destination | {"text": "x"}) == 404


def test_a_bot_cannot_write_where_it_is_not(webex: Emulator, telephony: str) -> None:
    other = Api(webex.api_url, OTHER_TOKEN)
    assert other.refused("POST", "/messages", {"roomId": telephony, "text": "x"}) == 404


def test_a_file_may_be_named_by_its_address(robo: Api, telephony: str) -> None:
    wish = {"roomId": telephony, "files": ["https://x.example/a.png"]}
    created = robo.ok("POST", "/messages", wish)
    assert created["files"] == ["https://x.example/a.png"]
    assert (
        robo.refused("PUT", f"/messages/{created['id']}", {"roomId": telephony, "text": "y"}) == 400
    )


def test_replies_go_one_level_deep_and_stay_in_the_space(
    robo: Api, control: Control, telephony: str
) -> None:
    parent = write(robo, telephony)
    reply = write(robo, telephony, parentId=parent)
    elsewhere = control.say(ANA, "hi", to=ROBO)["id"]
    for wrong, status in ((reply, 400), (elsewhere, 400), ("nope", 404)):
        wish = {"roomId": telephony, "text": "x", "parentId": wrong}
        assert robo.refused("POST", "/messages", wish) == status


def test_a_bot_lists_a_group_space_by_its_mentions_only(
    robo: Api, control: Control, telephony: str
) -> None:
    control.say(ANA, "not for you", space="Telephony")
    wanted = control.say(ANA, "@Robo for you", space="Telephony")["id"]
    assert robo.refused("GET", "/messages", roomId=telephony) == 403
    listed = robo.ok("GET", "/messages", roomId=telephony, mentionedPeople="me")["items"]
    assert [message["id"] for message in listed] == [wanted]
    assert robo.refused("GET", "/messages", roomId=telephony, mentionedPeople="ANA") == 400
    assert (
        robo.refused("GET", "/messages", roomId=telephony, mentionedPeople="me", max="101") == 400
    )
    assert robo.refused("GET", "/messages") == 400


def test_a_person_lists_everything_newest_first(
    webex: Emulator, robo: Api, control: Control, telephony: str
) -> None:
    first, second = control.say(BEN, "one", space="Telephony"), write(robo, telephony)
    ana = signed_in(webex, ANA)
    listed = ana.ok("GET", "/messages", roomId=telephony)["items"]
    assert [message["id"] for message in listed] == [second, first["id"]]
    before = ana.ok("GET", "/messages", roomId=telephony, beforeMessage=second)["items"]
    assert [message["id"] for message in before] == [first["id"]]


def test_the_list_can_end_before_a_moment(webex: Emulator, robo: Api, control: Control) -> None:
    room = control.say(ANA, "old", to=ROBO)["roomId"]
    webex.clock.move(timedelta(days=2))
    control.say(ANA, "new", to=ROBO)
    yesterday = webex_time(webex.clock() - timedelta(days=1))
    for moment in (yesterday, yesterday.removesuffix("Z")):
        listed = robo.ok("GET", "/messages", roomId=room, before=moment)["items"]
        assert [message["text"] for message in listed] == ["old"]
    assert robo.refused("GET", "/messages", roomId=room, before="yesterday") == 400


def test_replies_can_be_listed_by_their_parent(robo: Api, control: Control) -> None:
    room = control.say(ANA, "hi", to=ROBO)["roomId"]
    parent = write(robo, room)
    reply = write(robo, room, parentId=parent)
    for path, query in (
        ("/messages", {"roomId": room}),
        ("/messages/direct", {"personEmail": ANA}),
    ):
        listed = robo.ok("GET", path, parentId=parent, **query)["items"]
        assert [message["id"] for message in listed] == [reply]


def test_a_1_1_space_is_found_by_the_other_person(robo: Api, control: Control) -> None:
    said = control.say(ANA, "hi", to=ROBO)
    for query in ({"personEmail": ANA}, {"personId": said["personId"]}):
        assert robo.ok("GET", "/messages/direct", **query)["items"][0]["text"] == "hi"
    assert robo.refused("GET", "/messages/direct", personEmail=EVE) == 404
    assert robo.refused("GET", "/messages/direct") == 400


def test_a_message_is_edited_ten_times_and_no_more(robo: Api, telephony: str) -> None:
    message = write(robo, telephony)
    for number in range(10):
        wish = {"roomId": telephony, "markdown": f"**{number}**"}
        robo.ok("PUT", f"/messages/{message}", wish)
    edited = robo.ok("GET", f"/messages/{message}")
    assert edited["text"] == "9"
    assert "updated" in edited
    assert robo.refused("PUT", f"/messages/{message}", {"roomId": telephony, "text": "x"}) == 400


@pytest.mark.parametrize(
    "change",
    [
        {"html": "<p>x</p>"},
        {"text": ""},
        {"roomId": None},
        {"roomId": "other"},
        {"text": "a" * 7440},
    ],
)
def test_a_wrong_edit_is_refused(robo: Api, telephony: str, change: dict[str, object]) -> None:
    message = write(robo, telephony)
    wish = {"roomId": telephony, "text": "x"} | change
    assert robo.refused("PUT", f"/messages/{message}", wish) == 400


def test_a_card_is_never_edited(robo: Api, telephony: str) -> None:
    message = write(robo, telephony, attachments=card_attachment(CARD))
    assert robo.refused("PUT", f"/messages/{message}", {"roomId": telephony, "text": "x"}) == 400


def test_only_the_author_edits_or_deletes(robo: Api, control: Control, telephony: str) -> None:
    hers = control.say(ANA, "@Robo hi", space="Telephony")["id"]
    assert robo.refused("PUT", f"/messages/{hers}", {"roomId": telephony, "text": "x"}) == 403
    assert robo.refused("DELETE", f"/messages/{hers}") == 403


def test_a_deleted_message_is_gone(robo: Api, telephony: str) -> None:
    message = write(robo, telephony)
    assert robo("DELETE", f"/messages/{message}").status_code == 204
    assert robo.refused("GET", f"/messages/{message}") == 404
    assert robo.refused("DELETE", f"/messages/{message}") == 404
