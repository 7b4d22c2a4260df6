"""What becomes of an event that could not be answered: it waits, or it is set aside.

Logs name ids and kinds only: an exception's text may hold what somebody said.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from bot.chat.answers import Answers
from bot.chat.hearing import Heard
from bot.core.backoff import delay
from bot.core.events import Event
from bot.core.keeping import Store
from bot.core.ports import Clock, Notices
from bot.core.queues import Lease
from bot.flows.administrators import Administrators

MOST_ATTEMPTS = 5
"""An event that fails this often fails for a reason that time does not cure."""
PARKED = "event-parked"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Setbacks:
    """Deals with events that failed."""

    store: Store
    answers: Answers
    administrators: Administrators
    notices: Notices
    clock: Clock

    def wait(
        self, lease: Lease, event: Event, *, reason: str, asked: timedelta | None = None
    ) -> None:
        """Give an event back, to be taken up again after a while."""
        at = self.clock() + delay(lease.attempt, seed=event.key, asked=asked)
        with self.store.begin() as work:
            work.inbox.retry(lease, at=at, reason=reason)
        _log.info("event.waits", event_key=event.key, attempt=lease.attempt, reason=reason)

    def failed(self, lease: Lease, event: Event, error: Exception, *, heard: Heard | None) -> None:
        """Try an event again that failed for a reason nobody foresaw, but not for ever."""
        reason = _reason(error)
        if lease.attempt < MOST_ATTEMPTS:
            self.wait(lease, event, reason=reason)
            return
        self._park(lease, event, reason, heard=heard)
        _log.error("event.parked", event_key=event.key, attempt=lease.attempt, reason=reason)

    def _park(self, lease: Lease, event: Event, reason: str, *, heard: Heard | None) -> None:
        now = self.clock()
        with self.store.begin() as work:
            work.inbox.park(lease, now=now, reason=reason)
            work.incidents.happened(PARKED, now=now)
            if heard:
                self.answers.give_up(work, heard, now=now)
            self.administrators.tell(
                work,
                lambda to: self.notices.undeliverable(to, f"The event {event.key}", reason),
                now=now,
                key=f"{PARKED}:{now:%Y-%m-%d}",
            )


def _reason(error: Exception) -> str:
    """Name an error by its kind and its place, for its text may hold what nobody should read."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
