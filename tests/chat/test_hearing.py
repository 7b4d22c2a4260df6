from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.commands import Press
from bot.chat.hearing import Heard, hear
from bot.core.events import JOINED, LEFT, MESSAGE, PRESS, Event, Pressed, Spoken
from bot.core.people import Room
from tests.chat.talk import ANA, NOW
from tests.fakes import BOT, FakeMessenger


def webex() -> FakeMessenger:
    return FakeMessenger(
        people={ANA.id: ANA},
        messages={"m": Spoken("m", "room", True, ANA.id, ANA.email, "help")},
        presses={"a": Pressed("a", ANA.id, "room", "card", {"action": "say"})},
        direct_rooms={"room"},
    )


def heard(kind: tuple[str, str], name: str, person_id: str = ANA.id) -> Heard | None:
    event = Event(*kind, name, room_id="elsewhere", person_id=person_id)
    return hear(event, messenger=webex(), me=BOT, now=NOW)


def test_a_message_is_read_from_webex_and_so_are_who_and_where() -> None:
    said = heard(MESSAGE, "m", person_id="forged-id")
    assert said == Heard(ANA, Room("room", is_direct=True), "help")


def test_a_press_is_read_from_webex_and_so_are_who_and_where() -> None:
    said = heard(PRESS, "a", person_id="forged-id")
    press = Press("card", {"action": "say"})
    assert said == Heard(ANA, Room("room", is_direct=True), press=press)


@pytest.mark.parametrize("kind", [MESSAGE, PRESS])
def test_our_own_doings_are_not_even_read(kind: tuple[str, str]) -> None:
    assert heard(kind, "no such thing", person_id=BOT.id) is None


@pytest.mark.parametrize("person_id", [ANA.id, BOT.id])
@pytest.mark.parametrize("kind", [JOINED, LEFT])
def test_who_joins_or_leaves_is_nothing_to_answer(kind: tuple[str, str], person_id: str) -> None:
    assert heard(kind, "a membership", person_id=person_id) is None


@pytest.mark.parametrize(("days", "is_heard"), [(13, True), (15, False)])
def test_what_was_said_or_pressed_long_ago_is_not_done_again(days: int, is_heard: bool) -> None:
    created = NOW - timedelta(days=days)
    there = webex()
    there.messages["m"] = replace(there.messages["m"], created=created)
    there.presses["a"] = replace(there.presses["a"], created=created)
    for kind, name in ((MESSAGE, "m"), (PRESS, "a")):
        event = Event(*kind, name, person_id=ANA.id)
        assert (hear(event, messenger=there, me=BOT, now=NOW) is not None) == is_heard
