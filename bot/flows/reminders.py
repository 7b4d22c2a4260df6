"""Warnings: to the owner at each threshold, to administrators when the owner did not act.

One transaction looks at a batch of connections, notes who is told of what and writes the messages;
so a kill leaves either all of it or nothing, and the unique notes make twice impossible.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.connections import Connection, State
from bot.core.ports import Concern
from bot.core.reminders import (
    Ending,
    Reminder,
    deadlines,
    due,
    foresee,
    is_for_administrators,
    is_left_to_administrators,
    next_look,
)
from bot.flows.connections import topic_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.keeping import Store, Work
    from bot.core.ports import Clock, Notices
    from bot.flows.administrators import Administrators

BATCH = 200
_CURABLE = {Ending.TOKENS, Ending.NEEDS_CONSENT, Ending.EXPIRED}


@dataclass(frozen=True)
class Foreseen:
    """A warning that will be given if nobody acts: when, about what, and to whom."""

    at: datetime
    connection: Connection
    reminder: Reminder
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Reminders:
    """Who must be told what, now and in the future."""

    store: Store
    administrators: Administrators
    notices: Notices
    clock: Clock
    thresholds: tuple[timedelta, ...]

    def tell_due(self) -> int:
        """Look at the connections whose time has come; say how many were looked at."""
        now = self.clock()
        with self.store.begin() as work:
            looked_at = work.connections.to_look_at(now=now, most=BATCH)
            concerns: dict[str, list[Concern]] = defaultdict(list)
            for connection in looked_at:
                for recipient, concern in self._attend(work, connection, now):
                    concerns[recipient].append(concern)
            for recipient, gathered in concerns.items():
                notice = self.notices.concerns(recipient, gathered, now=now)
                work.outbox.put(notice, now=now)
        return len(looked_at)

    def forecast(self, days: int) -> list[Foreseen]:
        """Say who will be warned when in the coming days, if nobody acts, soonest first."""
        now = self.clock()
        with self.store.reading() as work:
            found = [
                foreseen
                for connection in work.connections.all()
                for foreseen in self._foresee(
                    work, connection, now=now, until=now + timedelta(days=days)
                )
            ]
        return sorted(found, key=lambda foreseen: foreseen.at)

    def _foresee(
        self, work: Work, connection: Connection, *, now: datetime, until: datetime
    ) -> Iterator[Foreseen]:
        """Leave out what a recipient was told already, as ``tell_due`` does."""
        recipients: dict[tuple[datetime, Reminder], list[str]] = defaultdict(list)
        for recipient in (connection.subject, *self.administrators.addresses):
            for at, reminder in foresee(
                connection,
                thresholds=self.thresholds,
                told=work.reminders.told(connection.id, recipient),
                now=now,
                until=until,
            ):
                if recipient in self._recipients(connection, reminder):
                    recipients[at, reminder].append(recipient)
        for (at, reminder), told in recipients.items():
            yield Foreseen(at, connection, reminder, tuple(told))

    def _attend(
        self, work: Work, before: Connection, now: datetime
    ) -> Iterator[tuple[str, Concern]]:
        connection = before.settled(now=now)
        if connection != before:
            self._settle(work, connection, now)
        self._recover(work, connection, now)
        integration = work.integrations.get(connection.integration)
        for recipient, reminder in self._claimed(work, connection, now):
            if recipient == connection.subject:
                notice = self.notices.warning(connection, integration, reminder, now=now)
                work.outbox.put(notice.about(topic_of(connection)), now=now)
            else:
                yield recipient, Concern(connection, integration, reminder)
        at = next_look(connection, thresholds=self.thresholds, now=now)
        work.connections.look_again(connection.id, at=at)

    def _claimed(
        self, work: Work, connection: Connection, now: datetime
    ) -> Iterator[tuple[str, Reminder]]:
        """Claim each warning that is due for each recipient; what was claimed must be said."""
        for recipient in (connection.subject, *self.administrators.addresses):
            told = work.reminders.told(connection.id, recipient)
            while reminder := due(connection, thresholds=self.thresholds, told=told, now=now):
                told |= {(reminder.ending, reminder.at, reminder.threshold)}
                if recipient in self._recipients(connection, reminder) and work.reminders.claim(
                    connection.id, reminder, recipient, now=now
                ):
                    yield recipient, reminder

    def _recipients(self, connection: Connection, reminder: Reminder) -> tuple[str, ...]:
        if is_left_to_administrators(connection):
            return self.administrators.addresses
        if is_for_administrators(reminder, thresholds=self.thresholds):
            return (connection.subject, *self.administrators.addresses)
        return (connection.subject,)

    def _settle(self, work: Work, connection: Connection, now: datetime) -> None:
        work.connections.save(connection, look_at=now)
        if connection.state is State.REVOKED:
            work.connections.erase_tokens(connection.id)
        work.audit.note(
            f"connection.{connection.state}", who="consentry", target=topic_of(connection), now=now
        )

    def _recover(self, work: Work, connection: Connection, now: datetime) -> None:
        """Say that it is well again to whoever was told that it was not."""
        if connection.state is not State.ACTIVE:
            return
        if any(deadline.ending in _CURABLE for deadline in deadlines(connection)):
            return
        warned = work.reminders.resolve(connection.id, now=now)
        if not any(_CURABLE & set(endings) for endings in warned.values()):
            return
        work.outbox.withdraw(topic_of(connection), now=now)
        integration = work.integrations.get(connection.integration)
        for recipient, endings in warned.items():
            if _CURABLE & set(endings):
                notice = self.notices.recovered(connection, integration, recipient)
                work.outbox.put(notice, now=now)
