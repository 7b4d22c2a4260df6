"""The outbox: messages that were decided and wait to be sent, sealed until they are out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, func, select, update

from bot.core.errors import SealBroken
from bot.core.messages import Address, Delivery, Message, To
from bot.core.queues import Lease, Parked
from bot.core.secrets import Secret
from bot.store.queue import Queue
from bot.store.sealing import Place, Sealer
from bot.store.tables import OutboxRow, Progress, table


class Outbox:
    """The outbox within a transaction; see ``core.queues.Outbox``."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work in this transaction, sealing what is said."""
        self._connection = connection
        self._sealer = sealer
        self._queue = Queue(connection, OutboxRow)
        self._table = table(OutboxRow)

    def put(self, message: Message, *, now: datetime) -> bool:
        """Decide to say this; False where a message with its key was already decided."""
        key = message.key or str(uuid4())
        return self._queue.put(
            key,
            str(message.to),
            now=now,
            topic=message.topic or None,
            message=self._sealer.seal(_written(message), _place(key)),
        )

    def claim(
        self, holder: str, *, now: datetime, lease: timedelta
    ) -> tuple[Lease, Delivery] | None:
        """Take the next message that is due and whose address has no earlier one waiting."""
        while claimed := self._queue.claim(holder, now=now, lease=lease):
            held, row = claimed
            try:
                return held, self._delivery(row)
            except (SealBroken, KeyError, TypeError, ValueError) as broken:
                # Raised, it would undo the claim, and nothing after it would ever be sent.
                reason = str(broken) if isinstance(broken, SealBroken) else "It cannot be read."
                self.park(held, now=now, reason=reason)
        return None

    def sent(
        self, lease: Lease, *, message_id: str, now: datetime, is_repeat: bool = False
    ) -> None:
        """Note that it is out, maybe for the second time, and erase its words. Raises LeaseLost."""
        facts = {"message_id": message_id, "is_repeat": is_repeat, "message": None}
        self._queue.finish(lease, Progress.DONE, now=now, **facts)

    def repeats(self) -> int:
        """Count the messages that may have appeared twice."""
        statement = select(func.count()).where(self._table.c.is_repeat)
        return int(self._connection.execute(statement).scalar_one())

    def retry(self, lease: Lease, *, at: datetime, reason: str, is_doubtful: bool) -> None:
        """Give it back; a doubtful one may be out already and is looked up before it is resent."""
        self._queue.retry(lease, at=at, reason=reason, is_doubtful=is_doubtful)

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the address's later messages go on."""
        self._queue.finish(lease, Progress.PARKED, now=now, reason=reason)

    def withdraw(self, topic: str, *, now: datetime) -> int:
        """Drop what still waits untried about a topic that has become moot; say how many."""
        row = self._table.c
        statement = (
            update(self._table)
            .where(row.topic == topic, row.finished_at.is_(None))
            .where(row.state == Progress.WAITING, row.tried_at.is_(None))
            .values(state=Progress.WITHDRAWN, finished_at=now, message=None)
        )
        return self._connection.execute(statement).rowcount

    def is_ours(self, message_id: str) -> bool:
        """Tell whether a sent message is already accounted for by a delivery."""
        statement = select(self._table.c.seq).where(self._table.c.message_id == message_id)
        return self._connection.execute(statement.limit(1)).first() is not None

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
        """Delete what was sent or withdrawn before then; say how many."""
        return self._queue.forget(before=before)

    def _delivery(self, row: RowMapping) -> Delivery:
        written = json.loads(self._sealer.open(row["message"], _place(row["key"])).reveal())
        to = Address(To(written["to"]["to"]), written["to"]["id"])
        return Delivery(
            id=str(row["seq"]),
            message=Message(**written | {"to": to}),
            attempts=row["attempts"],
            created_at=row["created_at"],
            tried_at=row["tried_at"],
        )


def _place(key: str) -> Place:
    return Place("outbox", key, "message")


def _written(message: Message) -> Secret:
    return Secret(json.dumps(asdict(message), ensure_ascii=False))
