"""Reads from Webex what an event was about, because a webhook brings ids only.

All talk with Webex that an answer needs happens here, before any transaction is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.commands import NO_PRESS, Press
from bot.chat.mention import without_mention
from bot.core.events import MESSAGE, PRESS, Event
from bot.core.people import Person, Room, is_same_id
from bot.core.ports import Messenger


@dataclass(frozen=True)
class Heard:
    """Somebody said something or pressed a button."""

    person: Person
    room: Room
    words: str = ""
    press: Press = NO_PRESS


STALE = timedelta(days=14)
"""What is older was answered long ago, and its event forgotten: whoever captured that webhook could
have it done once more. Shorter than the worker keeps events."""


def hear(event: Event, *, messenger: Messenger, me: Person, now: datetime) -> Heard | None:
    """Read what happened; None for our own doings, and for what is nothing to answer."""
    if is_same_id(event.person_id, me.id):
        return None
    if event.kind == MESSAGE:
        return _message(event, messenger, me=me, now=now)
    if event.kind == PRESS:
        return _press(event, messenger, now=now)
    return None


def _is_stale(created: datetime | None, now: datetime) -> bool:
    return created is not None and now - created > STALE


def _message(event: Event, messenger: Messenger, *, me: Person, now: datetime) -> Heard | None:
    spoken = messenger.spoken(event.id)
    if _is_stale(spoken.created, now):
        return None
    return Heard(
        person=messenger.person(spoken.person_id),
        room=Room(spoken.room_id, spoken.is_direct),
        words=without_mention(spoken, me.id),
    )


def _press(event: Event, messenger: Messenger, *, now: datetime) -> Heard | None:
    pressed = messenger.pressed(event.id)
    if _is_stale(pressed.created, now):
        return None
    return Heard(
        person=messenger.person(pressed.person_id),
        room=Room(pressed.room_id, messenger.is_direct(pressed.room_id)),
        press=Press(pressed.message_id, pressed.inputs),
    )
