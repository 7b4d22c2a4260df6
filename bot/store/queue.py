"""The claim mechanism that inbox and outbox share: rows in lanes, leases, and a fence.

A lane is a space or an address. Its rows are worked on one after the other; lanes do not wait for
each other. A claim is one statement. Where nothing is due it changes no row, so an idle worker
writes nothing and wakes nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.core.errors import LeaseLost
from bot.core.queues import Lease, Parked
from bot.store.bell import ring
from bot.store.columns import UTCDateTime
from bot.store.rows import insert_new
from bot.store.tables import Progress, QueueRow, table


class Queue:
    """One of the two queue tables, within a transaction."""

    def __init__(self, connection: Connection, row: type[QueueRow]) -> None:
        """Work on this table in this transaction."""
        self._connection = connection
        self._table = table(row)

    def put(self, key: str, lane: str, *, now: datetime, **content: object) -> bool:
        """Add a row at the end of its lane; False where its key was there before."""
        values = {
            "key": key,
            "lane": lane,
            "state": Progress.WAITING,
            "due_at": now,
            "created_at": now,
        }
        is_new = insert_new(self._connection, self._table, values | content)
        if is_new:
            ring(self._connection)
        return is_new

    def claim(
        self, holder: str, *, now: datetime, lease: timedelta
    ) -> tuple[Lease, RowMapping] | None:
        """Take the first row that is due, or whose lease is over, and that heads its lane."""
        until = now + lease
        given = {"now": now, "until": until, "by": holder}
        row = self._connection.execute(_claim(self._table), given).mappings().one_or_none()
        if row is None:
            return None
        return Lease(str(row["seq"]), holder, until, row["attempts"]), row

    def finish(self, lease: Lease, state: Progress, *, now: datetime, **values: object) -> None:
        """End the work on a row in this state. Raises LeaseLost."""
        self._settle(lease, state=state, finished_at=now, **values)

    def retry(self, lease: Lease, *, at: datetime, reason: str, is_doubtful: bool) -> None:
        """Give a row back for later, noting whether it may be done already. Raises LeaseLost."""
        tried_at = _doubted_since(self._table) if is_doubtful else None
        self._settle(lease, state=Progress.WAITING, due_at=at, reason=reason, tried_at=tried_at)

    def waiting(self) -> int:
        """Count what is not finished."""
        unfinished = self._table.c.finished_at.is_(None)
        statement = select(func.count()).select_from(self._table).where(unfinished)
        return self._connection.execute(statement).scalar_one()

    def parked(self) -> list[Parked]:
        """List what was set aside, the oldest first."""
        row = self._table.c
        aside = (
            select(row.lane, row.created_at, row.reason)
            .where(row.finished_at.is_not(None), row.state == Progress.PARKED)
            .order_by(row.seq)
        )
        return [Parked(**row) for row in self._connection.execute(aside).mappings()]

    def take_up(self, *, now: datetime) -> int:
        """Put back in line everything that was set aside; say how many."""
        row = self._table.c
        aside = and_(row.finished_at.is_not(None), row.state == Progress.PARKED)
        anew = {"state": Progress.WAITING, "due_at": now, "created_at": now, "attempts": 0}
        statement = update(self._table).where(aside).values(**anew, finished_at=None, reason="")
        ring(self._connection)
        return self._connection.execute(statement).rowcount

    def forget(self, *, before: datetime) -> int:
        """Delete what ended well before then; what was parked stays for an administrator."""
        row = self._table.c
        ended_well = row.state.in_((Progress.DONE, Progress.WITHDRAWN))
        statement = delete(self._table).where(row.finished_at < before, ended_well)
        return self._connection.execute(statement).rowcount

    def _settle(self, lease: Lease, **values: object) -> None:
        statement = _held_under(self._table, lease).values(**values)
        if self._connection.execute(statement).rowcount != 1:
            raise LeaseLost(f"row {lease.id} of the {self._table.name}")


@cache
def _claim(table: Table) -> ReturningUpdate[tuple[object, ...]]:
    """Compose the claim once: choose, take and return a row in one statement."""
    row = table.c
    now = bindparam("now", type_=UTCDateTime)
    is_left_behind = row.state == Progress.HELD
    return (
        update(table)
        .where(row.seq == _next_seq(table))
        .values(
            state=Progress.HELD,
            holder=bindparam("by"),
            held_at=now,
            due_at=bindparam("until", type_=UTCDateTime),
            tried_at=case((is_left_behind, _doubted_since(table)), else_=row.tried_at),
            attempts=row.attempts + 1,
        )
        .returning(table)
    )


def _next_seq(table: Table) -> ScalarSelect[int]:
    row, earlier = table.alias("candidate").c, table.alias("earlier").c
    is_behind_another = exists().where(
        earlier.lane == row.lane, earlier.seq < row.seq, earlier.finished_at.is_(None)
    )
    return (
        select(row.seq)
        .where(
            row.finished_at.is_(None),
            row.due_at <= bindparam("now", type_=UTCDateTime),
            ~is_behind_another,
        )
        .order_by(row.due_at, row.seq)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )


def _doubted_since(table: Table) -> ColumnElement[datetime]:
    """Since when the row may be done: the first doubt counts, or else the claim at hand."""
    return func.coalesce(table.c.tried_at, table.c.held_at)


def _held_under(table: Table, lease: Lease) -> Update:
    row = table.c
    return update(table).where(
        row.seq == int(lease.id),
        row.state == Progress.HELD,
        row.holder == lease.holder,
        row.attempts == lease.attempt,
    )
