"""The store: transactions over all shelves, on whichever engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import cached_property
from threading import RLock

from sqlalchemy import Connection, Engine

from bot.store.audit import Audit
from bot.store.connections import Connections
from bot.store.engine import reader_of
from bot.store.inbox import Inbox
from bot.store.incidents import Incidents
from bot.store.integrations import Integrations
from bot.store.leases import Leases
from bot.store.outbox import Outbox
from bot.store.reminders import Reminders
from bot.store.sealing import Sealer
from bot.store.tickets import Tickets


class Store:
    """Where everything is kept; see ``core.keeping.Store``."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        """Keep things in this database, secrets under these keys."""
        self.engine = engine
        self._reader = reader_of(engine)
        self.sealer = sealer
        # SQLite's writers poll for its one lock, and an unlucky one polls for seconds. Within this
        # process they queue up instead.
        self._turn = RLock() if engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def begin(self) -> Iterator[Shelves]:
        """Open a transaction that may write; it commits at the end of a good ``with`` block."""
        with self._turn, self.engine.begin() as connection:
            yield Shelves(connection, self.sealer)

    @contextmanager
    def reading(self) -> Iterator[Shelves]:
        """Open a transaction that only reads, and so never makes a writer wait."""
        with self._reader.begin() as connection:
            yield Shelves(connection, self.sealer)

    def forget(self, *, before: datetime) -> int:
        """Delete handled events, sent messages, stale links and old faults from before then."""
        with self.begin() as work:
            shelves = (work.inbox, work.outbox, work.tickets, work.incidents)
            return sum(shelf.forget(before=before) for shelf in shelves)


class Shelves:
    """One transaction over everything that is kept; see ``core.keeping.Work``."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work in this transaction."""
        self._connection = connection
        self._sealer = sealer

    @cached_property
    def inbox(self) -> Inbox:
        """The events that wait to be handled."""
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        """The messages that wait to be sent."""
        return Outbox(self._connection, self._sealer)

    @cached_property
    def integrations(self) -> Integrations:
        """The registered integrations."""
        return Integrations(self._connection, self._sealer)

    @cached_property
    def connections(self) -> Connections:
        """The connections and their tokens."""
        return Connections(self._connection, self._sealer)

    @cached_property
    def tickets(self) -> Tickets:
        """The consent links."""
        return Tickets(self._connection, self._sealer)

    @cached_property
    def reminders(self) -> Reminders:
        """The warnings that were given."""
        return Reminders(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """The audit trail."""
        return Audit(self._connection)

    @cached_property
    def incidents(self) -> Incidents:
        """The open faults."""
        return Incidents(self._connection)

    @cached_property
    def leases(self) -> Leases:
        """The named leases."""
        return Leases(self._connection)
