"""A client secret that Webex refuses: the operator's fault, so the operator hears it, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.integrations import Integration
    from bot.core.keeping import Store
    from bot.core.ports import Clock, Notices
    from bot.flows.administrators import Administrators


@dataclass(frozen=True)
class ClientSecrets:
    """Marks the integration, leaves its people alone and tells the administrators."""

    store: Store
    administrators: Administrators
    notices: Notices
    clock: Clock

    def refused(self, integration: Integration) -> None:
        """Note that Webex refuses this integration's client id or secret."""
        now = self.clock()
        with self.store.begin() as work:
            current = work.integrations.hold(integration.slug)
            if current.client_secret != integration.client_secret:
                return  # it was replaced while Webex refused the old one
            work.integrations.replace(replace(current, secret_refused_at=now))
            if work.incidents.happened(f"client-secret:{integration.slug}", now=now):
                self.administrators.tell(
                    work, lambda to: self.notices.secret_refused(to, integration), now=now
                )

    def accepted(self, integration: Integration) -> None:
        """Note that Webex takes the secret again."""
        if not integration.secret_refused_at:
            return
        with self.store.begin() as work:
            current = work.integrations.hold(integration.slug)
            work.incidents.over(f"client-secret:{integration.slug}")
            work.integrations.replace(replace(current, secret_refused_at=None))
