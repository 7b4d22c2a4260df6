from datetime import timedelta

import pytest
import responses

from bot.core.errors import WebexBusy, WebexRefused
from bot.core.messages import Message, to_email, to_person, to_room
from bot.core.people import Person
from bot.core.secrets import Secret
from bot.emulator import acts
from bot.emulator.faults import Fault
from bot.emulator.server import Emulator
from bot.webex.messenger import WebexMessenger
from bot.webex.sdk import Sdk
from tests.webex.conftest import ANA, BEN, BOT, BOT_TOKEN, NOON

CARD: dict[str, object] = {
    "type": "AdaptiveCard",
    "version": "1.3",
    "body": [{"type": "TextBlock", "text": "Grüße"}],
    "actions": [{"type": "Action.Submit", "title": "Go", "data": {"action": "go"}}],
}


def person(webex: Emulator, email: str) -> Person:
    with webex.state.lock:
        account = webex.state.account_by_email(email)
    return Person(account.id, account.email, account.display_name, account.org_id)


def space(webex: Emulator) -> str:
    with webex.state.lock:
        return acts.find_space(webex.state, "Telephony").id


def speak(webex: Emulator, **wish: object) -> dict[str, str]:
    with webex.state.lock:
        return acts.speak(webex.state, wish)


def test_the_bot_knows_itself(messenger: WebexMessenger) -> None:
    me = messenger.me()
    assert me.email == BOT
    assert not me.is_human


def test_a_person_is_looked_up(messenger: WebexMessenger, webex: Emulator) -> None:
    assert messenger.person(person(webex, BEN).id) == person(webex, BEN)


def test_nobody_is_refused(messenger: WebexMessenger) -> None:
    with pytest.raises(WebexRefused) as refused:
        messenger.person("nobody")
    assert refused.value.status == 404


def test_a_message_is_read_with_its_words_and_its_place(
    messenger: WebexMessenger, webex: Emulator
) -> None:
    said = speak(webex, person=ANA, to=BOT, text="help me")
    spoken = messenger.spoken(said["id"])
    assert (spoken.text, spoken.html, spoken.is_direct) == ("help me", "", True)
    assert (spoken.person_email, spoken.room_id) == (ANA, said["roomId"])


def test_a_mention_in_a_space_is_kept_as_html(messenger: WebexMessenger, webex: Emulator) -> None:
    said = speak(webex, person=ANA, space="Telephony", text="@Consentry help")
    spoken = messenger.spoken(said["id"])
    assert "spark-mention" in spoken.html
    assert not spoken.is_direct


def test_spaces_are_told_apart(messenger: WebexMessenger, webex: Emulator) -> None:
    said = speak(webex, person=ANA, to=BOT, text="help")
    assert messenger.is_direct(said["roomId"])
    assert not messenger.is_direct(space(webex))


def test_a_card_is_posted_as_it_is_and_its_press_is_read(
    messenger: WebexMessenger, webex: Emulator
) -> None:
    message_id = messenger.post(Message(to_person(person(webex, ANA).id), "Grüße", CARD))
    with webex.state.lock:
        posted = webex.state.messages[message_id]
        assert posted.attachments[0]["content"] == CARD
        action = acts.press_button(webex.state, {"person": ANA, "messageId": message_id})
    pressed = messenger.pressed(action["id"])
    assert dict(pressed.inputs) == {"action": "go"}
    assert pressed.person_id == person(webex, ANA).id
    assert (pressed.message_id, pressed.room_id) == (message_id, action["roomId"])


def test_a_message_reaches_people_and_spaces(messenger: WebexMessenger, webex: Emulator) -> None:
    by_mail = messenger.spoken(messenger.post(Message(to_email(BEN), "**hello**")))
    in_space = messenger.spoken(messenger.post(Message(to_room(space(webex)), "hello")))
    assert (by_mail.text, by_mail.is_direct) == ("hello", True)
    assert (in_space.text, in_space.room_id) == ("hello", space(webex))


def test_a_message_that_webex_refuses_is_refused(messenger: WebexMessenger) -> None:
    with pytest.raises(WebexRefused) as refused:
        messenger.post(Message(to_email(ANA), "x" * 7440))
    assert refused.value.status == 400


def test_a_message_can_be_taken_back_twice(messenger: WebexMessenger, webex: Emulator) -> None:
    message_id = messenger.post(Message(to_email(ANA), "hello"))
    messenger.retract(message_id)
    messenger.retract(message_id)
    with pytest.raises(WebexRefused):
        messenger.spoken(message_id)


def test_what_others_said_cannot_be_taken_back(messenger: WebexMessenger, webex: Emulator) -> None:
    said = speak(webex, person=ANA, to=BOT, text="help")
    with pytest.raises(WebexRefused) as refused:
        messenger.retract(said["id"])
    assert refused.value.status == 403


def test_a_message_whose_answer_got_lost_is_found_again(
    messenger: WebexMessenger, webex: Emulator
) -> None:
    message, since = Message(to_email(ANA), "**Your link**  \nis here"), webex.clock()
    webex.state.faults.add(Fault("POST", "/v1/messages", drop="after"))
    with pytest.raises(WebexBusy) as busy:
        messenger.post(message)
    assert busy.value.was_maybe_done
    assert len(messenger.recent(message, since=since - timedelta(seconds=1))) == 1


def test_only_the_bots_own_words_since_then_are_found(
    messenger: WebexMessenger, webex: Emulator
) -> None:
    start = webex.clock()
    old = messenger.post(Message(to_email(ANA), "hello"))
    webex.clock.move(timedelta(hours=1))
    since = webex.clock() - timedelta(seconds=1)
    new = messenger.post(Message(to_email(ANA), "hello"))
    messenger.post(Message(to_email(ANA), "hello there"))
    said = speak(webex, person=ANA, to=BOT, text="hello")
    ana, room = to_person(person(webex, ANA).id), to_room(said["roomId"])
    for to in (ana, room, to_email(ANA)):
        assert messenger.recent(Message(to, "hello"), since=since) == [new]
        assert messenger.recent(Message(to, "hello"), since=start - timedelta(1)) == [new, old]


def test_nothing_was_said_to_whom_the_bot_never_spoke(
    messenger: WebexMessenger, webex: Emulator
) -> None:
    assert messenger.recent(Message(to_email(ANA), "hello"), since=webex.clock()) == []


def test_a_group_space_cannot_be_read_back(messenger: WebexMessenger, webex: Emulator) -> None:
    message = Message(to_room(space(webex)), "hello")
    messenger.post(message)
    with pytest.raises(WebexRefused):
        messenger.recent(message, since=webex.clock() - timedelta(1))


@responses.activate
@pytest.mark.parametrize("created", [None, "yesterday", "2026-11-20T12:00:00", 7])
def test_a_message_of_unknown_age_is_not_taken_for_ours(created: object) -> None:
    api = "https://webex.test/v1"
    said = {"id": "m1", "personId": "bot", "markdown": "hello", "created": created}
    responses.get(f"{api}/people/me", json={"id": "bot"})
    responses.get(f"{api}/messages/direct", json={"items": [said]})
    messenger = WebexMessenger(Sdk(api, Secret(BOT_TOKEN), lambda: NOON))
    assert messenger.recent(Message(to_email(ANA), "hello"), since=NOON) == []


def test_a_messenger_with_a_wrong_token_has_to_wait(webex: Emulator) -> None:
    stranger = WebexMessenger(Sdk(webex.api_url, Secret(BOT_TOKEN + "x"), lambda: NOON))
    with pytest.raises(WebexBusy):
        stranger.me()
