"""Reads from Webex what an event was about, because a webhook brings ids only.

All talk with Webex that an answer needs happens here, before any transaction is open.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.commands import NO_PRESS, Press
from bot.chat.mention import without_mention
from bot.core.events import JOINED, MESSAGE, PRESS, Event
from bot.core.people import Person, Room, is_same_id
from bot.core.ports import Messenger


@dataclass(frozen=True)
class Heard:
    """Somebody said something or pressed a button, or we were added to a space."""

    person: Person
    room: Room
    words: str = ""
    press: Press = NO_PRESS
    is_welcome: bool = False


def hear(event: Event, *, messenger: Messenger, me: Person) -> Heard | None:
    """Read what happened; None where there is nothing to answer."""
    is_about_us = is_same_id(event.person_id, me.id)
    if event.kind == JOINED and is_about_us:
        return _welcome(event, messenger, me)
    if event.kind == MESSAGE and not is_about_us:
        return _message(event, messenger, me)
    if event.kind == PRESS and not is_about_us:
        return _press(event, messenger)
    return None


def _welcome(event: Event, messenger: Messenger, me: Person) -> Heard | None:
    room = _room(event.room_id, messenger)
    # A 1:1 space begins with somebody's words, which are answered anyway.
    return None if room.is_direct else Heard(me, room, is_welcome=True)


def _message(event: Event, messenger: Messenger, me: Person) -> Heard:
    spoken = messenger.spoken(event.id)
    return Heard(
        person=messenger.person(spoken.person_id),
        room=Room(spoken.room_id, spoken.is_direct),
        words=without_mention(spoken, me.id),
    )


def _press(event: Event, messenger: Messenger) -> Heard:
    pressed = messenger.pressed(event.id)
    return Heard(
        person=messenger.person(pressed.person_id),
        room=_room(pressed.room_id, messenger),
        press=Press(pressed.message_id, pressed.inputs),
    )


def _room(room_id: str, messenger: Messenger) -> Room:
    return Room(room_id, messenger.is_direct(room_id))
