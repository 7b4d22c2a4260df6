"""The open faults that concern the operator. One that is over leaves the table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.store.rows import insert_new
from bot.store.tables import IncidentRow, table


class Incidents:
    """The incidents within a transaction; see ``core.keeping.Incidents``."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection
        self._table = table(IncidentRow)

    def happened(self, key: str, *, now: datetime, times: int = 1) -> bool:
        """Count a fault; True where it is newly open, so that somebody must be told."""
        values = {"key": key, "times": times, "opened_at": now, "last_at": now}
        if insert_new(self._connection, self._table, values):
            return True
        row = self._table.c
        again = update(self._table).where(row.key == key)
        self._connection.execute(again.values(times=row.times + times, last_at=now))
        return False

    def over(self, key: str) -> bool:
        """Close a fault; True where it was open."""
        statement = delete(self._table).where(self._table.c.key == key)
        return self._connection.execute(statement).rowcount == 1

    def open(self, *, since: datetime) -> dict[str, int]:
        """List the open faults that happened since then, and how often each did."""
        row = self._table.c
        recent = select(row.key, row.times).where(row.last_at >= since).order_by(row.opened_at)
        return {row.key: row.times for row in self._connection.execute(recent)}

    def forget(self, *, before: datetime) -> int:
        """Drop the faults that last happened before then; say how many."""
        statement = delete(self._table).where(self._table.c.last_at < before)
        return self._connection.execute(statement).rowcount
