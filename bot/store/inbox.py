"""The inbox: events that were acknowledged to Webex and wait to be handled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.events import Event
from bot.core.queues import Lease, Parked
from bot.store.queue import Queue
from bot.store.rows import names_of, picked
from bot.store.tables import InboxRow, Progress


class Inbox:
    """The inbox within a transaction; see ``core.queues.Inbox``."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._queue = Queue(connection, InboxRow)

    def put(self, event: Event, *, now: datetime) -> bool:
        """Keep an event; False where it was already here."""
        return self._queue.put(event.key, event.room_id or event.key, now=now, **asdict(event))

    def claim(self, holder: str, *, now: datetime, lease: timedelta) -> tuple[Lease, Event] | None:
        """Take the next event that is due and whose space has no earlier one waiting."""
        claimed = self._queue.claim(holder, now=now, lease=lease)
        if claimed is None:
            return None
        held, row = claimed
        return held, Event(**picked(row, names_of(Event)))

    def done(self, lease: Lease, *, now: datetime) -> None:
        """Mark as handled. Raises LeaseLost where somebody else took it over."""
        self._queue.finish(lease, Progress.DONE, now=now)

    def retry(self, lease: Lease, *, at: datetime, reason: str) -> None:
        """Give it back, to be claimed again at that time."""
        self._queue.retry(lease, at=at, reason=reason, is_doubtful=False)

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the space's later events go on."""
        self._queue.finish(lease, Progress.PARKED, now=now, reason=reason)

    def parked(self) -> list[Parked]:
        """List what was set aside, the oldest first."""
        return self._queue.parked()

    def take_up(self, *, now: datetime) -> int:
        """Put back in line everything that was set aside; say how many."""
        return self._queue.take_up(now=now)

    def waiting(self) -> int:
        """Count what is not finished."""
        return self._queue.waiting()

    def forget(self, *, before: datetime) -> int:
        """Delete what was handled before then; say how many."""
        return self._queue.forget(before=before)
