"""The bot's ears: that Webex knows where to send what happens, and goes on doing so.

Webex sets a webhook inactive after 100 failed deliveries within five minutes and never revives it
(developer.webex.com, Webhooks), so a bot that was down is deaf for good unless it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.events import HEARD

if TYPE_CHECKING:
    from bot.core.keeping import Store
    from bot.core.ports import Clock, Registration, Webhooks

_LEASE = timedelta(minutes=5)
"""Longer than the calls of one round take; given back when the round is over."""


@dataclass(frozen=True)
class Reception:
    """The webhooks at Webex, held against what they should be."""

    store: Store
    webhooks: Webhooks
    clock: Clock
    target_url: str

    def reconcile(self, holder: str) -> None:
        """Register what is missing, renew what is inactive or signs with an old secret.

        Args:
            holder: Who asks; one process at a time does this.

        Raises:
            WebexError: Webex did not do it; the next round tries again.
        """
        with self.store.begin() as work:
            if not work.leases.take("webhooks", holder, now=self.clock(), lasts=_LEASE):
                return
        try:
            self._mend_all()
        finally:
            with self.store.begin() as work:
                work.leases.give_back("webhooks", holder)

    def _mend_all(self) -> None:
        registered = [hook for hook in self.webhooks.all() if hook.target_url == self.target_url]
        for resource, event in HEARD:
            ours = [hook for hook in registered if (hook.resource, hook.event) == (resource, event)]
            self._mend(resource, event, ours)

    def _mend(self, resource: str, event: str, ours: list[Registration]) -> None:
        if not ours:
            self.webhooks.create(resource, event, self.target_url)
            return
        kept, *surplus = ours
        if not kept.is_current:
            self.webhooks.revive(kept)
        for hook in surplus:
            self.webhooks.delete(hook.id)
