"""Named leases for what only one process should do at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, update

from bot.store.rows import insert_new
from bot.store.tables import LeaseRow, table


class Leases:
    """The leases within a transaction; see ``core.keeping.Leases``."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection
        self._table = table(LeaseRow)

    def take(self, name: str, holder: str, *, now: datetime, lasts: timedelta) -> bool:
        """Take or prolong a lease; False where another holder has it."""
        until = now + lasts
        values = {"name": name, "holder": holder, "until": until}
        if insert_new(self._connection, self._table, values):
            return True
        row = self._table.c
        statement = update(self._table).where(
            row.name == name, or_(row.holder == holder, row.until <= now)
        )
        return self._connection.execute(statement.values(holder=holder, until=until)).rowcount == 1

    def give_back(self, name: str, holder: str) -> None:
        """End a lease that this holder has."""
        row = self._table.c
        statement = delete(self._table).where(row.name == name, row.holder == holder)
        self._connection.execute(statement)
