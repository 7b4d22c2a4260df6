"""What becomes of an event that could not be answered: it waits, or it is set aside.

Logs name ids and kinds only: an exception's text may hold what somebody said.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.chat.answers import Answers
from bot.chat.hearing import Heard
from bot.core.backoff import delay
from bot.core.errors import WebexBusy, WebexRefused
from bot.core.events import Event
from bot.core.keeping import Store, Work
from bot.core.ports import Clock, Notices
from bot.core.queues import Lease
from bot.flows.administrators import Administrators

MOST_ATTEMPTS = 5
"""An event that fails this often fails for a reason that time does not cure."""
MOST_WAITS = 150
"""About a day of waiting: then others in the space have waited long enough for their answers."""
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

    def failed(self, lease: Lease, event: Event, error: Exception, *, heard: Heard | None) -> None:
        """Try an event again, longer where Webex is only busy, but not for ever."""
        is_busy = isinstance(error, WebexBusy)
        reason = type(error).__name__ if is_busy else _place(error)
        if lease.attempt < (MOST_WAITS if is_busy else MOST_ATTEMPTS):
            self._wait(lease, event, error, reason=reason)
            return
        with self.store.begin() as work:
            work.inbox.park(lease, now=self.clock(), reason=reason)
            self._tell(work, error, heard)
        _log.error("event.parked", event_key=event.key, attempt=lease.attempt, reason=reason)

    def _wait(self, lease: Lease, event: Event, error: Exception, *, reason: str) -> None:
        asked = error.retry_after if isinstance(error, WebexBusy) else None
        at = self.clock() + delay(lease.attempt, seed=event.key, asked=asked)
        with self.store.begin() as work:
            work.inbox.retry(lease, at=at, reason=reason)
        _log.info("event.waits", event_key=event.key, attempt=lease.attempt, reason=reason)

    def _tell(self, work: Work, error: Exception, heard: Heard | None) -> None:
        now = self.clock()
        if heard:
            self.answers.give_up(work, heard, now=now)
        what = f"My answer to {heard.person.called if heard else 'a person'}"
        work.incidents.happened(PARKED, now=now)
        self.administrators.tell(
            work,
            lambda to: self.notices.undeliverable(to, what, _why(error)),
            now=now,
            key=f"{PARKED}:{now:%Y-%m-%d}",
        )


def _place(error: Exception) -> str:
    """Name an error by its kind and its place, for its text may hold what nobody should read."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _why(error: Exception) -> str:
    """Say in plain words what kept the answer back."""
    if isinstance(error, WebexRefused):
        return f"Webex would not let me read what was said: it answered {error.status}."
    return "I failed in a way that nobody foresaw; my log tells where, under “event.parked”."
