"""What the flows need of the two queues: events that were heard, messages that were decided.

A row is worked on under a lease. Whoever lost it may no longer say what became of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.events import Event
from bot.core.messages import Delivery, Message


@dataclass(frozen=True)
class Lease:
    """Who holds a piece of work, until when, and on which attempt; the attempt is its fence."""

    id: str
    holder: str
    until: datetime
    attempt: int


@dataclass(frozen=True)
class Parked:
    """What was set aside: in which line it stood, since when it waits, and why."""

    lane: str
    created_at: datetime
    reason: str


class Inbox(Protocol):
    """Events that were acknowledged and wait to be handled, in order per space."""

    def put(self, event: Event, *, now: datetime) -> bool:
        """Keep an event; False where it was already here."""

    def claim(self, holder: str, *, now: datetime, lease: timedelta) -> tuple[Lease, Event] | None:
        """Take the next event that is due and whose space has no earlier one waiting."""

    def done(self, lease: Lease, *, now: datetime) -> None:
        """Mark as handled. Raises LeaseLost where somebody else took it over."""

    def retry(self, lease: Lease, *, at: datetime, reason: str) -> None:
        """Give it back, to be claimed again at that time."""

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the space's later events go on."""

    def parked(self) -> list[Parked]:
        """List what was set aside, the oldest first."""

    def take_up(self, *, now: datetime) -> int:
        """Put back in line everything that was set aside; say how many."""

    def waiting(self) -> int:
        """Count what is not finished."""


class Outbox(Protocol):
    """Messages that were decided and wait to be sent, in order per address."""

    def put(self, message: Message, *, now: datetime) -> bool:
        """Decide to say this; False where a message with its key was already decided."""

    def claim(
        self, holder: str, *, now: datetime, lease: timedelta
    ) -> tuple[Lease, Delivery] | None:
        """Take the next message that is due and whose address has no earlier one waiting."""

    def sent(
        self, lease: Lease, *, message_id: str, now: datetime, is_repeat: bool = False
    ) -> None:
        """Note that it is out, maybe for the second time.

        Raises LeaseLost where somebody else took it over.
        """

    def repeats(self) -> int:
        """Count the messages that may have appeared twice."""

    def retry(self, lease: Lease, *, at: datetime, reason: str, is_doubtful: bool) -> None:
        """Give it back; a doubtful one may be out already and is looked up before it is resent."""

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the address's later messages go on."""

    def parked(self) -> list[Parked]:
        """List what was set aside, the oldest first."""

    def take_up(self, *, now: datetime) -> int:
        """Put back in line everything that was set aside; say how many."""

    def withdraw(self, topic: str, *, now: datetime) -> int:
        """Drop what still waits untried about a topic that has become moot; say how many."""

    def waiting(self) -> int:
        """Count what is not finished."""

    def is_ours(self, message_id: str) -> bool:
        """Tell whether a sent message is already accounted for by a delivery."""
