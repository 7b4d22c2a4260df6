"""What a handler answers with: it names a card and its facts, and no address.

Kept apart from the handlers so that none of them decides where an answer goes or how it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.cards import CardBook
from bot.core.messages import Address, Message, to_person, to_room
from bot.core.people import Person, Room
from bot.core.queues import Outbox


@dataclass(frozen=True)
class Reply:
    """Answers a person where they spoke, or in private."""

    cards: CardBook
    outbox: Outbox
    person: Person
    room: Room
    now: datetime
    key: str = ""

    def __call__(self, name: str, /, **facts: object) -> None:
        """Answer with a card."""
        self._put(self.cards.message(self._here, name, facts))

    def line(self, name: str, /, **facts: object) -> None:
        """Answer with a card's words alone, for what is too short for a card."""
        self._put(replace(self.cards.message(self._here, name, facts), card=None))

    def once(self, key: str) -> Reply:
        """Answer only if nothing was said under this key before."""
        return replace(self, key=key)

    def retract(self, message_id: str) -> None:
        """Take back a card whose time is over; cards cannot be edited."""
        self._put(Message(to=self._here, markdown="", retracts=message_id))

    def in_private(self) -> Reply:
        """Answer in the person's 1:1 space; a group space gets one line that says so."""
        if self.room.is_direct:
            return self
        self.line("answered_privately", person=self.person.called)
        return self.unseen()

    def unseen(self) -> Reply:
        """Answer in the person's 1:1 space and leave no trace in the group space."""
        return replace(self, room=Room(id="", is_direct=True))

    @property
    def is_private(self) -> bool:
        """Whether nobody but the person sees the answer."""
        return self.room.is_direct

    @property
    def _here(self) -> Address:
        # A 1:1 space is addressed by the person: then Webex lets a doubtful message be looked up.
        return to_person(self.person.id) if self.room.is_direct else to_room(self.room.id)

    def _put(self, message: Message) -> None:
        self.outbox.put(message.under(self.key), now=self.now)
