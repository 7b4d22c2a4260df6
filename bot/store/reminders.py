"""Which warning was given to whom: one row each, so that once means once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.core.reminders import Ending, Reminder, Told
from bot.store.rows import insert_new
from bot.store.tables import ReminderRow, table


class Reminders:
    """The reminders within a transaction; see ``core.keeping.Reminders``."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection
        self._table = table(ReminderRow)

    def claim(
        self, connection_id: str, reminder: Reminder, recipient: str, *, now: datetime
    ) -> bool:
        """Note that this recipient is being told; False where that was noted before."""
        values = {
            "connection_id": connection_id,
            "ending": reminder.ending,
            "at": reminder.at,
            "threshold_seconds": int(reminder.threshold.total_seconds()),
            "recipient": recipient,
            "told_at": now,
        }
        return insert_new(self._connection, self._table, values)

    def told(self, connection_id: str, recipient: str) -> Told:
        """List what this recipient was told about a connection."""
        row = self._table.c
        statement = select(row.ending, row.at, row.threshold_seconds).where(
            row.connection_id == connection_id, row.recipient == recipient
        )
        return frozenset(
            (ending, at, timedelta(seconds=seconds))
            for ending, at, seconds in self._connection.execute(statement)
        )

    def resolve(self, connection_id: str, *, now: datetime) -> dict[str, Collection[Ending]]:
        """Close the open warnings of a connection; say who had been told of what."""
        row = self._table.c
        statement = (
            update(self._table)
            .where(row.connection_id == connection_id, row.resolved_at.is_(None))
            .values(resolved_at=now)
            .returning(row.recipient, row.ending)
        )
        told: defaultdict[str, set[Ending]] = defaultdict(set)
        for recipient, ending in self._connection.execute(statement):
            told[recipient].add(ending)
        return dict(told)
