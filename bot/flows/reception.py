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

_LEASE = timedelta(minutes=1)


@dataclass(frozen=True)
class Reception:
    """The webhooks at Webex, held against what they should be."""

    store: Store
    webhooks: Webhooks
    clock: Clock
    target_url: str

    def reconcile(self, holder: str, *, is_start: bool = False) -> None:
        """Register what is missing, revive what is inactive, remove what is there twice.

        Args:
            holder: Who asks; one process at a time does this.
            is_start: Also set our secret anew, which may have changed since the last start.

        Raises:
            WebexError: Webex did not do it; the next round tries again.
        """
        with self.store.begin() as work:
            if not work.leases.take("webhooks", holder, now=self.clock(), lasts=_LEASE):
                return
        registered = [hook for hook in self.webhooks.all() if hook.target_url == self.target_url]
        for resource, event in HEARD:
            ours = [hook for hook in registered if (hook.resource, hook.event) == (resource, event)]
            self._mend(resource, event, ours, is_start=is_start)

    def _mend(self, resource: str, event: str, ours: list[Registration], *, is_start: bool) -> None:
        if not ours:
            self.webhooks.create(resource, event, self.target_url)
            return
        kept, *surplus = ours
        if is_start or not kept.is_active:
            self.webhooks.revive(kept)
        for hook in surplus:
            self.webhooks.delete(hook.id)
