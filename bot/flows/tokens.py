"""Keeping tokens fresh: one refresh per connection at a time, over threads, processes, machines.

A lease is taken, its transaction closed, Webex asked, and the answer saved only if nobody changed
the connection meanwhile. A process that dies in between leaves a lease that runs out; the next
attempt uses the refresh token that we still have. Webex normally does not rotate it, so that works;
if a provider does rotate and the answer was lost, the next attempt is refused and the person is
asked to consent again: nothing else could be done with a token that nobody received.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.errors import GrantRefused
from bot.core.refusals import RefusalKind
from bot.flows.connections import topic_of

if TYPE_CHECKING:
    from bot.core.connections import Connection
    from bot.core.integrations import Integration
    from bot.core.keeping import Store
    from bot.core.ports import Authority, Clock
    from bot.core.refusals import Refusal
    from bot.core.secrets import Secret
    from bot.core.tokens import TokenPair
    from bot.flows.client_secrets import ClientSecrets

REFRESH_LEASE = timedelta(minutes=2)
"""Longer than the longest wait for Webex's answer, or two would refresh one connection."""


@dataclass(frozen=True)
class Tokens:
    """The refreshes that are due."""

    store: Store
    authority: Authority
    client_secrets: ClientSecrets
    clock: Clock

    def refresh_next(self, holder: str) -> bool:
        """Refresh one connection that is due; False where none is."""
        claimed = self._claim(holder)
        if claimed is None:
            return False
        connection, integration, refresh_token = claimed
        asked_at = self.clock()
        try:
            tokens = self.authority.refresh(integration, refresh_token)
        except GrantRefused as refused:
            if refused.refusal.kind is RefusalKind.CLIENT:
                self.client_secrets.refused(integration)
            self._take_refusal(connection, refused.refusal, holder=holder)
        else:
            self._keep(connection.refreshed(tokens, now=asked_at), tokens, holder=holder)
            self.client_secrets.accepted(integration)
        return True

    def _claim(self, holder: str) -> tuple[Connection, Integration, Secret] | None:
        with self.store.begin() as work:
            connection = work.connections.claim_refresh(
                holder, now=self.clock(), lease=REFRESH_LEASE
            )
        if connection is None:
            return None
        # Read in a transaction of its own: a secret that does not open must not undo the claim,
        # or this connection would be claimed again at once, before all others.
        with self.store.reading() as work:
            integration = work.integrations.get(connection.integration)
            refresh_token = work.connections.refresh_token(connection.id)
        # A refresh is only ever planned where there is a refresh token.
        return (connection, integration, refresh_token) if refresh_token else None

    def _keep(self, refreshed: Connection, tokens: TokenPair, *, holder: str) -> None:
        now = self.clock()
        with self.store.begin() as work:
            # Not saved means that a consent or a disconnect came first, and that counts.
            if work.connections.save(refreshed, look_at=now, tokens=tokens):
                work.audit.note(
                    "connection.refreshed", who="consentry", target=topic_of(refreshed), now=now
                )
            work.connections.release(refreshed.id, holder)

    def _take_refusal(self, connection: Connection, refusal: Refusal, *, holder: str) -> None:
        now = self.clock()
        with self.store.begin() as work:
            # Not saved means that another refresh won: then the refusal was a race, not a death.
            if work.connections.save(connection.refused(refusal, now=now), look_at=now):
                work.audit.note(
                    "connection.refused",
                    who="webex",
                    target=topic_of(connection),
                    now=now,
                    detail=refusal.detail,
                    tracking_id=refusal.tracking_id,
                )
            work.connections.release(connection.id, holder)
