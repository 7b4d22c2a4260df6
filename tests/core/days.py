"""Living through days in which nobody acts: what is said when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.connections import Connection
from bot.core.reminders import Reminder, Told, due
from tests.core.examples import DAY


def told_each(
    connection: Connection, thresholds: set[timedelta], told: Told, now: datetime
) -> Iterator[Reminder]:
    """Yield all that is due now, each noted as told before the next is asked for."""
    while reminder := due(connection, thresholds=thresholds, told=told, now=now):
        told |= {(reminder.ending, reminder.at, reminder.threshold)}
        yield reminder


def told_daily(
    connection: Connection, thresholds: set[timedelta], start: datetime, days: int
) -> list[tuple[datetime, Reminder]]:
    """Live through the days one by one, with nobody acting, and note what is said when."""
    said: list[tuple[datetime, Reminder]] = []
    for now in (start + day * DAY for day in range(days + 1)):
        connection = connection.settled(now=now)
        told = frozenset((r.ending, r.at, r.threshold) for _, r in said)
        said += [(now, reminder) for reminder in told_each(connection, thresholds, told, now)]
    return said
