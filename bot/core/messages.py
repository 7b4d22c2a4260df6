"""What the bot says: a message in the outbox, and to whom it goes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

Card = dict[str, object]
"""The JSON of an Adaptive Card."""


class To(StrEnum):
    """The three ways in which Webex lets a message be addressed."""

    ROOM = "room"
    PERSON = "person"
    EMAIL = "email"


@dataclass(frozen=True)
class Address:
    """A space, a person by id, or a person by e-mail."""

    to: To
    id: str

    @property
    def is_direct(self) -> bool:
        """Whether this surely is a 1:1 space, in which Webex lets a bot read back what it said."""
        return self.to is not To.ROOM

    def __str__(self) -> str:
        """Write it as the outbox orders by it: one line of messages per address."""
        return f"{self.to}:{self.id}"


@dataclass(frozen=True)
class Message:
    """Something to say, or to take back.

    ``key`` makes saying it twice impossible; ``topic`` lets it be withdrawn while it still waits;
    ``retracts`` deletes an earlier message instead of posting one (cards cannot be edited).
    """

    to: Address
    markdown: str
    card: Card | None = field(default=None, repr=False)
    key: str = ""
    topic: str = ""
    retracts: str = ""

    def under(self, key: str) -> Message:
        """Give it a key, so that it is said only once."""
        return replace(self, key=key)

    def about(self, topic: str) -> Message:
        """Give it a topic, so that it can be withdrawn while it waits."""
        return replace(self, topic=topic)


@dataclass(frozen=True)
class Delivery:
    """A message that was claimed for sending. ``tried_at`` is set where it may be out already."""

    id: str
    message: Message
    attempts: int
    created_at: datetime
    tried_at: datetime | None = None


def address(text: str) -> Address:
    """Read an address as ``str`` wrote it."""
    to, _, identity = text.partition(":")
    return Address(To(to), identity)


def to_room(room_id: str) -> Address:
    """Address a space."""
    return Address(To.ROOM, room_id)


def to_person(person_id: str) -> Address:
    """Address a person's 1:1 space with the bot by person id."""
    return Address(To.PERSON, person_id)


def to_email(email: str) -> Address:
    """Address a person's 1:1 space with the bot by e-mail."""
    return Address(To.EMAIL, email)
