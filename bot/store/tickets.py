"""The consent links and their openings: found by fingerprint, used up by row count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from bot.core.consent import Attempt, Ticket
from bot.store.people import columns_of, person_of
from bot.store.rows import names_of, picked
from bot.store.sealing import Place, Sealer
from bot.store.tables import AttemptRow, TicketRow, table

_TICKET = names_of(Ticket, apart="person")
_ATTEMPT = names_of(Attempt, apart="verifier")


class Tickets:
    """The tickets within a transaction; see ``core.keeping.Tickets``."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work in this transaction, sealing the code verifiers."""
        self._connection = connection
        self._sealer = sealer
        self._tickets = table(TicketRow)
        self._attempts = table(AttemptRow)

    def add(self, ticket: Ticket) -> None:
        """Keep a link that was made."""
        values = {name: getattr(ticket, name) for name in _TICKET} | columns_of(ticket.person)
        self._connection.execute(insert(self._tickets), values)

    def find(self, fingerprint: str) -> Ticket | None:
        """Find a link by its fingerprint."""
        statement = select(self._tickets).where(self._tickets.c.fingerprint == fingerprint)
        row = self._connection.execute(statement).mappings().one_or_none()
        if row is None:
            return None
        return Ticket(person=person_of(row), **picked(row, _TICKET))

    def open(self, attempt: Attempt) -> None:
        """Keep one opening of a link and count it."""
        values = {name: getattr(attempt, name) for name in _ATTEMPT}
        verifier = self._sealer.seal(attempt.verifier, _place(attempt.state))
        self._connection.execute(insert(self._attempts), values | {"verifier": verifier})
        row = self._tickets.c
        count = update(self._tickets).where(row.fingerprint == attempt.ticket)
        self._connection.execute(count.values(attempts=row.attempts + 1))

    def is_open(self, state: str) -> bool:
        """Tell whether an opening with this state waits for its answer."""
        statement = select(self._attempts.c.state).where(self._attempts.c.state == state)
        return self._connection.execute(statement).first() is not None

    def take(self, state: str) -> Attempt | None:
        """Take an opening out for good; of two callers with one state only one gets it."""
        statement = delete(self._attempts).where(self._attempts.c.state == state)
        taken = self._connection.execute(statement.returning(self._attempts))
        row = taken.mappings().one_or_none()
        return self._attempt(row) if row else None

    def use_up(self, fingerprint: str, *, now: datetime) -> bool:
        """Use the link up; of two callers only one gets True."""
        row = self._tickets.c
        unused = update(self._tickets).where(row.fingerprint == fingerprint, row.used_at.is_(None))
        return self._connection.execute(unused.values(used_at=now)).rowcount == 1

    def close(self, integration: str, person_id: str, *, now: datetime) -> None:
        """Use up every link of a person for an integration that is still open."""
        row = self._tickets.c
        theirs = (row.integration == integration, row.person_id == person_id)
        unused = update(self._tickets).where(*theirs, row.used_at.is_(None))
        self._connection.execute(unused.values(used_at=now))

    def forget(self, *, before: datetime) -> int:
        """Delete what expired before then; say how many."""
        return sum(
            self._connection.execute(delete(stale).where(stale.c.expires_at < before)).rowcount
            for stale in (self._tickets, self._attempts)
        )

    def _attempt(self, row: RowMapping) -> Attempt:
        verifier = self._sealer.open(row["verifier"], _place(row["state"]))
        return Attempt(verifier=verifier, **picked(row, _ATTEMPT))


def _place(state: str) -> Place:
    return Place("attempts", state, "verifier")
