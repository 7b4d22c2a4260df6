"""The audit trail: what was done, by whom, to what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from bot.store.tables import AuditRow, table


class Audit:
    """The audit trail within a transaction; see ``core.keeping.Audit``."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection
        self._table = table(AuditRow)

    def note(self, what: str, *, who: str, target: str, now: datetime, **facts: str) -> None:
        """Write one entry. Facts are plain words; a secret has no business here."""
        values = {"at": now, "who": who, "what": what, "target": target, "facts": facts}
        self._connection.execute(insert(self._table), values)
