"""Answers what the bot hears: one event at a time, from the inbox to the outbox.

What a handler changes, its audit entries and its answers commit together with the note that the
event is done. So a kill at any moment leaves either all of it, or nothing and the event waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus

import structlog

from bot.chat.answers import Answers
from bot.chat.hearing import Heard, hear
from bot.chat.setbacks import Setbacks
from bot.core.errors import BadInput, LeaseLost, WebexRefused
from bot.core.events import Event
from bot.core.keeping import Store, Work
from bot.core.people import Person
from bot.core.ports import Clock, Messenger
from bot.core.queues import Lease

LEASE = timedelta(minutes=3)
"""Longer than the four reads of a press may take: each may connect and be silent for 40 s."""
_GONE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""Webex's answers for what was deleted meanwhile, or said in a space that we had to leave."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Conversation:
    """The bot's side of every talk."""

    store: Store
    messenger: Messenger
    answers: Answers
    setbacks: Setbacks
    clock: Clock

    def hear_next(self, holder: str) -> bool:
        """Answer the next event that waits; False where there is none."""
        with self.store.begin() as work:
            claimed = work.inbox.claim(holder, now=self.clock(), lease=LEASE)
        if claimed is None:
            return False
        lease, event = claimed
        try:
            self._attend(lease, event)
        except LeaseLost:
            # Rolled back: whoever took the event over answers it.
            _log.info("event.lost", event_key=event.key, attempt=lease.attempt)
        return True

    @cached_property
    def _me(self) -> Person:
        return self.messenger.me()

    def _attend(self, lease: Lease, event: Event) -> None:
        heard: Heard | None = None
        try:
            heard = self._hear(event)
            if heard:
                self._answer(lease, heard)
            else:
                self._let_go(lease)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - one event must never stop all the others
            self.setbacks.failed(lease, event, error, heard=heard)
        else:
            _log.info("event.done", event_key=event.key, attempt=lease.attempt)

    def _hear(self, event: Event) -> Heard | None:
        me = self._me
        try:
            return hear(event, messenger=self.messenger, me=me, now=self.clock())
        except WebexRefused as refused:
            if refused.status in _GONE:
                return None
            raise

    def _let_go(self, lease: Lease) -> None:
        with self.store.begin() as work:
            work.inbox.done(lease, now=self.clock())

    def _answer(self, lease: Lease, heard: Heard) -> None:
        try:
            with self._finishing(lease) as (work, now):
                self.answers.give(work, heard, now=now)
        except BadInput as error:
            # What the handler began is rolled back; the apology is a transaction of its own.
            with self._finishing(lease) as (work, now):
                self.answers.apologise(work, heard, error, now=now)

    @contextmanager
    def _finishing(self, lease: Lease) -> Iterator[tuple[Work, datetime]]:
        now = self.clock()
        with self.store.begin() as work:
            yield work, now
            work.inbox.done(lease, now=now)
