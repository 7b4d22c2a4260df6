"""The one way out: what was decided is sent, in order per address, and not twice if we can help it.

Webex has no idempotency key. A message that may be out already is looked up before it is resent,
where Webex lets a bot read back (1:1 spaces); in a group space it is sent again, and counted.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.backoff import delay
from bot.core.errors import LeaseLost, WebexBusy, WebexRefused

if TYPE_CHECKING:
    from bot.core.keeping import Store
    from bot.core.messages import Delivery, Message
    from bot.core.ports import Clock, Messenger, Notices
    from bot.core.queues import Lease
    from bot.flows.administrators import Administrators

SEND_LEASE = timedelta(minutes=3)
"""Longer than the four calls of a looked-up delivery: each may connect and be silent for 40 s."""
GIVE_UP_AFTER = timedelta(hours=24)
UNDELIVERABLE = "undeliverable"
_CLOCKS_DIFFER_BY = timedelta(seconds=60)


@dataclass(frozen=True)
class Deliveries:
    """Sends what waits in the outbox."""

    store: Store
    messenger: Messenger
    administrators: Administrators
    notices: Notices
    clock: Clock

    def deliver_next(self, holder: str) -> bool:
        """Send one message that is due; False where none is."""
        with self.store.begin() as work:
            claimed = work.outbox.claim(holder, now=self.clock(), lease=SEND_LEASE)
        if claimed is None:
            return False
        lease, delivery = claimed
        with suppress(LeaseLost):  # the new holder looks it up and finds it
            self._deliver(lease, delivery)
        return True

    def _deliver(self, lease: Lease, delivery: Delivery) -> None:
        try:
            known = self._already_out(delivery)
            message_id = known or self._send(delivery.message)
        except WebexBusy as busy:
            self._again(lease, delivery, busy)
        except WebexRefused as refused:
            self._set_aside(lease, delivery.message, refused.message)
        else:
            with self.store.begin() as work:
                work.outbox.sent(
                    lease, message_id=message_id, now=self.clock(), is_repeat=known is None
                )

    def _send(self, message: Message) -> str:
        if message.retracts:
            self.messenger.retract(message.retracts)
            return message.retracts
        return self.messenger.post(message)

    def _already_out(self, delivery: Delivery) -> str | None:
        """Look a doubtful message up: its id, nothing if it is not out, None if it is hidden."""
        message, tried_at = delivery.message, delivery.tried_at
        if tried_at is None or message.retracts:
            return ""
        to = message.to
        if not to.is_direct and not self.messenger.is_direct(to.id):
            return None
        out = self.messenger.recent(message, since=tried_at - _CLOCKS_DIFFER_BY)
        with self.store.reading() as work:
            return next((known for known in out if not work.outbox.is_ours(known)), "")

    def _again(self, lease: Lease, delivery: Delivery, busy: WebexBusy) -> None:
        now = self.clock()
        if now - delivery.created_at >= GIVE_UP_AFTER:
            self._set_aside(lease, delivery.message, busy.message)
            return
        at = now + delay(delivery.attempts, seed=delivery.id, asked=busy.retry_after)
        is_doubtful = busy.was_maybe_done or delivery.tried_at is not None
        with self.store.begin() as work:
            work.outbox.retry(lease, at=at, reason=busy.message, is_doubtful=is_doubtful)

    def _set_aside(self, lease: Lease, message: Message, reason: str) -> None:
        now, to = self.clock(), str(message.to)
        with self.store.begin() as work:
            work.outbox.park(lease, now=now, reason=reason)
            work.incidents.happened(UNDELIVERABLE, now=now)
            if to in self.administrators.addresses:
                return  # it would go the same way; the doctor tells of it
            self.administrators.tell(
                work,
                lambda recipient: self.notices.undeliverable(
                    recipient, f"A message to {to}", reason
                ),
                now=now,
                # One a day for all: who can make us fail must not be able to make us chatter.
                key=f"{UNDELIVERABLE}:{now:%Y-%m-%d}",
            )
