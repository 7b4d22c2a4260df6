"""The connections and, in sealed columns of the same rows, their tokens.

A change compares the version of the row, so of two who changed one connection the slower notices.
Tokens are opened one at a time and only where they are asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select, update
from sqlalchemy import Connection as Transaction

from bot.core.connections import Connection, State
from bot.core.errors import Overtaken
from bot.core.people import bare_id
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.store.people import columns_of, person_of
from bot.store.rows import insert_new, names_of, picked
from bot.store.sealing import Place, Sealer
from bot.store.tables import ConnectionRow, table

_PLAIN = names_of(Connection, apart="person")
_NEVER = datetime.max.replace(tzinfo=UTC)


class Connections:
    """The connections within a transaction; see ``core.keeping.Connections``."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work in this transaction, sealing tokens."""
        self._transaction = transaction
        self._sealer = sealer
        self._table = table(ConnectionRow)

    def add(self, connection: Connection, tokens: TokenPair, *, look_at: datetime | None) -> bool:
        """Keep a new connection with its tokens; False where its subject already has one."""
        values = _values(connection) | self._sealed(connection.id, tokens) | {"look_at": look_at}
        return insert_new(self._transaction, self._table, values)

    def get(self, connection_id: str) -> Connection | None:
        """Find one by id."""
        return self._one(self._table.c.id == connection_id)

    def hold(self, connection_id: str) -> Connection | None:
        """Find one by id, and let nobody else change it before this transaction ends."""
        return self._one(self._table.c.id == connection_id, is_held=True)

    def find(self, integration: str, subject: str) -> Connection | None:
        """Find the connection that a subject has with an integration."""
        row = self._table.c
        return self._one(and_(row.integration == integration, row.subject == subject))

    def of_person(self, person_id: str) -> list[Connection]:
        """List the connections which this person consented to, in either spelling of the id."""
        return self._some(self._table.c.person_key == bare_id(person_id))

    def of_integration(self, slug: str) -> list[Connection]:
        """List the connections of an integration."""
        return self._some(self._table.c.integration == slug)

    def all(self) -> list[Connection]:
        """List every connection, the ones that end first on top."""
        return self._some()

    def count(self) -> dict[str, int]:
        """Count the connections by state."""
        state = self._table.c.state
        statement = select(state, func.count()).group_by(state)
        return {str(state): count for state, count in self._transaction.execute(statement)}

    def save(
        self,
        connection: Connection,
        *,
        look_at: datetime | None,
        tokens: TokenPair | None = None,
    ) -> None:
        """Keep a changed connection. Raises Overtaken where it was changed since it was read.

        Compares and raises ``version``. Tokens replace the stored ones; a pair without a refresh
        token keeps the stored one.
        """
        row = self._table.c
        values = _values(connection) | {"look_at": look_at, "version": connection.version + 1}
        values |= self._sealed(connection.id, tokens) if tokens else {}
        statement = update(self._table).where(
            row.id == connection.id, row.version == connection.version
        )
        if self._transaction.execute(statement.values(**values)).rowcount != 1:
            raise Overtaken(f"Connection {connection.id}")

    def erase_tokens(self, connection_id: str) -> None:
        """Delete the sealed tokens of a connection that is over."""
        erased = update(self._table).where(self._table.c.id == connection_id)
        self._transaction.execute(erased.values(access_token=None, refresh_token=None))

    def refresh_token(self, connection_id: str) -> Secret | None:
        """Open the refresh token."""
        return self._opened(connection_id, "refresh_token")

    def access_token(self, connection_id: str) -> Secret | None:
        """Open the access token."""
        return self._opened(connection_id, "access_token")

    def claim_refresh(self, holder: str, *, now: datetime, lease: timedelta) -> Connection | None:
        """Take one connection whose refresh is due and that nobody is refreshing."""
        row = self._table.c
        is_free = or_(row.refresh_held_until.is_(None), row.refresh_held_until <= now)
        due = (
            select(row.id)
            .where(row.refresh_due_at <= now, is_free)
            .where(row.state.in_((State.ACTIVE, State.FAILING)))
            .order_by(row.refresh_due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        statement = (
            update(self._table)
            .where(row.id == due.scalar_subquery())
            .values(refresh_holder=holder, refresh_held_until=now + lease)
            .returning(self._table)
        )
        claimed = self._transaction.execute(statement).mappings().one_or_none()
        return _connection(claimed) if claimed else None

    def release(self, connection_id: str, holder: str) -> None:
        """Let go of a connection that was claimed for a refresh."""
        row = self._table.c
        held = update(self._table).where(row.id == connection_id, row.refresh_holder == holder)
        self._transaction.execute(held.values(refresh_holder=None, refresh_held_until=None))

    def to_look_at(self, *, now: datetime, most: int) -> list[Connection]:
        """Hold the connections whose next look has come, the longest overdue first."""
        row = self._table.c
        overdue = (
            select(self._table)
            .where(row.look_at <= now)
            .order_by(row.look_at)
            .limit(most)
            .with_for_update(skip_locked=True)  # two workers look at different ones
        )
        return [_connection(row) for row in self._transaction.execute(overdue).mappings()]

    def look_again(self, connection_id: str, *, at: datetime | None) -> None:
        """Note when to look next at one that is held; this is no change to it."""
        row = update(self._table).where(self._table.c.id == connection_id)
        self._transaction.execute(row.values(look_at=at))

    def _one(self, which: ColumnElement[bool], *, is_held: bool = False) -> Connection | None:
        statement = select(self._table).where(which)
        statement = statement.with_for_update() if is_held else statement
        row = self._transaction.execute(statement).mappings().one_or_none()
        return _connection(row) if row else None

    def _some(self, *which: ColumnElement[bool]) -> list[Connection]:
        rows = self._transaction.execute(select(self._table).where(*which)).mappings()
        return sorted(map(_connection, rows), key=_end)

    def _sealed(self, connection_id: str, tokens: TokenPair) -> dict[str, object]:
        named = {"access_token": tokens.access, "refresh_token": tokens.refresh}
        return {
            column: self._sealer.seal(token, _place(connection_id, column))
            for column, token in named.items()
            if token is not None
        }

    def _opened(self, connection_id: str, column: str) -> Secret | None:
        statement = select(self._table.c[column]).where(self._table.c.id == connection_id)
        sealed = self._transaction.execute(statement).scalar_one_or_none()
        return self._sealer.open(sealed, _place(connection_id, column)) if sealed else None


def _place(connection_id: str, column: str) -> Place:
    return Place("connections", connection_id, column)


def _values(connection: Connection) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(connection, name) for name in _PLAIN}
    person = connection.person
    return values | columns_of(person) | {"person_key": bare_id(person.id)}


def _connection(row: RowMapping) -> Connection:
    return Connection(person=person_of(row), **picked(row, _PLAIN))


def _end(connection: Connection) -> tuple[datetime, str]:
    ends = (connection.tokens_end_at, connection.ends_at)
    return min((end for end in ends if end), default=_NEVER), connection.id
