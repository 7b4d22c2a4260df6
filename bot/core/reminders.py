"""Which warning is due: only about what no automatic renewal will cure, once per threshold.

Pure functions of a connection, the thresholds and a now. The forecast runs the same ones over
future dates, so what it promises is what will be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.connections import Connection, State, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

AT_ONCE = timedelta()
"""The threshold of what has already happened."""
_ROUNDING = timedelta(hours=1)
"""Webex says 1,209,599 seconds where it means 14 days; a week is still half of that."""


class Ending(StrEnum):
    """What ends, and therefore what the warning says."""

    TOKENS = "tokens"
    TIME_BOX = "time_box"
    NEEDS_CONSENT = "needs_consent"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Deadline:
    """A moment that nothing will move. Its lifetime decides which thresholds make sense."""

    ending: Ending
    at: datetime
    lifetime: timedelta


@dataclass(frozen=True)
class Reminder:
    """A warning that is due: about this deadline, at this threshold before it."""

    ending: Ending
    at: datetime
    threshold: timedelta


Told = frozenset[tuple[Ending, "datetime", timedelta]]
"""The warnings already given for one connection: what ends, when, and at which threshold."""


def deadlines(connection: Connection) -> Iterator[Deadline]:
    """List the deadlines of a connection that no renewal will move; none while it is healthy."""
    over = {
        State.NEEDS_CONSENT: Ending.NEEDS_CONSENT,
        State.EXPIRED: Ending.EXPIRED,
    }.get(connection.state)
    if over:
        yield Deadline(over, connection.state_since, AT_ONCE)
    # Only the end of a time box is news; who disconnected knows it.
    is_boxed_out = connection.ends_at is not None and connection.ends_at <= connection.state_since
    if connection.state is State.REVOKED and is_boxed_out:
        yield Deadline(Ending.REVOKED, connection.state_since, AT_ONCE)
    if not connection.state.is_alive:
        return
    if connection.ends_at:
        yield Deadline(
            Ending.TIME_BOX, connection.ends_at, connection.ends_at - connection.consented_at
        )
    tokens_end = _unmoved_end(connection)
    if tokens_end and not (connection.ends_at and connection.ends_at <= tokens_end.at):
        yield tokens_end


def _unmoved_end(connection: Connection) -> Deadline | None:
    """Find the end of the tokens, unless a refresh that still can succeed will move it."""
    refresh_ends, set_at = connection.refresh_ends_at, connection.deadline_set_at
    if not connection.has_refresh_planned:
        # Nothing refreshes: manual renewal, or Webex gave no refresh token. Access is what ends.
        end, start = connection.access_ends_at, connection.access_set_at
        return Deadline(Ending.TOKENS, end, end - start) if end else None
    is_stuck = connection.deadline_is_fixed or connection.state is State.FAILING
    if is_stuck and refresh_ends and set_at:
        return Deadline(Ending.TOKENS, refresh_ends, refresh_ends - set_at)
    return None


def due(
    connection: Connection, *, thresholds: Iterable[timedelta], told: Told, now: datetime
) -> Reminder | None:
    """Find the one warning to give now, the most urgent where several were slept through.

    Args:
        connection: As it is now (``settled``).
        thresholds: How long before a deadline to warn.
        told: The warnings already given about this connection.
        now: The time.
    """
    for deadline in deadlines(connection):
        passed = [
            threshold
            for threshold in _applying(deadline, thresholds)
            if now >= deadline.at - threshold
        ]
        given = [t for ending, at, t in told if (ending, at) == (deadline.ending, deadline.at)]
        if passed and min(passed) < min(given, default=timedelta.max):
            return Reminder(deadline.ending, deadline.at, min(passed))
    return None


def next_look(
    connection: Connection, *, thresholds: Iterable[timedelta], now: datetime
) -> datetime | None:
    """Say when to look at this connection again for warnings or a deadline; None means never.

    Whoever sweeps a million connections asks only for those whose next look has come.
    """
    thresholds = tuple(thresholds)
    moments = [
        deadline.at - threshold
        for deadline in deadlines(connection)
        for threshold in _applying(deadline, thresholds)
    ]
    if connection.state is not State.REVOKED and connection.ends_at:
        moments.append(connection.ends_at)
    if connection.state.is_alive and connection.tokens_end_at:
        moments.append(connection.tokens_end_at)
    return min((moment for moment in moments if moment > now), default=None)


def is_for_administrators(reminder: Reminder, *, thresholds: Iterable[timedelta]) -> bool:
    """Tell whether the owner had a fair chance: from the last threshold but one, others hear it."""
    last_but_one = max(sorted(thresholds)[:2], default=AT_ONCE)
    return reminder.threshold <= last_but_one


def foresee(
    connection: Connection,
    *,
    thresholds: Iterable[timedelta],
    told: Told,
    now: datetime,
    until: datetime,
) -> Iterator[tuple[datetime, Reminder]]:
    """Give every warning from now until then if nobody acts, and the moment it would be sent."""
    thresholds = tuple(thresholds)
    moment: datetime | None = now
    while moment and moment <= until:
        connection = connection.settled(now=moment)
        while reminder := due(connection, thresholds=thresholds, told=told, now=moment):
            told |= {(reminder.ending, reminder.at, reminder.threshold)}
            yield moment, reminder
        moment = next_look(connection, thresholds=thresholds, now=moment)


def _applying(deadline: Deadline, thresholds: Iterable[timedelta]) -> list[timedelta]:
    """Keep the thresholds that make sense: at most half the lifetime, or a warning is the norm."""
    if deadline.lifetime == AT_ONCE:
        return [AT_ONCE]
    longest = (deadline.lifetime + _ROUNDING) / 2
    return [threshold for threshold in thresholds if threshold <= longest]


def is_left_to_administrators(connection: Connection) -> bool:
    """Tell whether only the operator can mend it, so that the person is left alone."""
    return connection.trouble is Trouble.CLIENT_SECRET
