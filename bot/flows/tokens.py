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

from bot.core.connections import State
from bot.core.errors import GrantRefused, SealBroken
from bot.core.refusals import Refusal, RefusalKind
from bot.flows.connections import topic_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.connections import Connection
    from bot.core.keeping import Store
    from bot.core.ports import Authority, Clock
    from bot.core.tokens import TokenPair
    from bot.flows.client_secrets import ClientSecrets

REFRESH_LEASE = timedelta(minutes=2)
"""Longer than connecting and a silence of Webex may take together (25 s), with room to spare."""


@dataclass(frozen=True)
class Tokens:
    """The refreshes that are due."""

    store: Store
    authority: Authority
    client_secrets: ClientSecrets
    clock: Clock

    def refresh_next(self, holder: str) -> bool:
        """Refresh one connection that is due; False where none is."""
        with self.store.begin() as work:
            connection = work.connections.claim_refresh(
                holder, now=self.clock(), lease=REFRESH_LEASE
            )
        if connection is None:
            return False
        asked_at = self.clock()
        try:
            tokens = self._ask(connection)
        except GrantRefused as refused:
            self._take_refusal(connection, refused.refusal, holder=holder)
        else:
            self._keep(connection, tokens, asked_at=asked_at, holder=holder)
        return True

    def _ask(self, connection: Connection) -> TokenPair:
        try:
            return self._ask_webex(connection)
        except SealBroken as broken:
            with self.store.begin() as work:
                work.incidents.happened(f"seal-broken:{connection.id}", now=self.clock())
            # The key may come back: the grant itself is as good as before.
            unopened = Refusal(RefusalKind.PASSING, "what is kept does not open")
            raise GrantRefused(unopened) from broken

    def _ask_webex(self, connection: Connection) -> TokenPair:
        with self.store.reading() as work:
            integration = work.integrations.get(connection.integration)
            refresh_token = work.connections.refresh_token(connection.id)
        if refresh_token is None:
            raise GrantRefused(Refusal(RefusalKind.GONE, "no refresh token is kept"))
        try:
            tokens = self.authority.refresh(integration, refresh_token)
        except GrantRefused as refused:
            if refused.refusal.kind is RefusalKind.CLIENT:
                self.client_secrets.refused(integration)
            raise
        self.client_secrets.accepted(integration)
        return tokens

    def _keep(
        self, connection: Connection, tokens: TokenPair, *, asked_at: datetime, holder: str
    ) -> None:
        now = self.clock()
        with self.store.begin() as work:
            current = work.connections.hold(connection.id)
            # Another grant means that a consent, a disconnect or another refresh came first.
            if current and _is_same_grant(connection, current):
                refreshed = current.refreshed(tokens, now=asked_at)
                work.connections.save(refreshed, look_at=now, tokens=tokens)
                work.incidents.over(f"seal-broken:{connection.id}")
                work.audit.note(
                    "connection.refreshed", who="consentry", target=topic_of(connection), now=now
                )
            work.connections.release(connection.id, holder)

    def _take_refusal(self, connection: Connection, refusal: Refusal, *, holder: str) -> None:
        now = self.clock()
        with self.store.begin() as work:
            current = work.connections.hold(connection.id)
            # Changed means that somebody else won: then the refusal was a race, not a death.
            if current and current.version == connection.version:
                work.connections.save(current.refused(refusal, now=now), look_at=now)
                work.audit.note(
                    "connection.refused",
                    who="webex",
                    target=topic_of(connection),
                    now=now,
                    detail=refusal.detail,
                    tracking_id=refusal.tracking_id,
                )
            work.connections.release(connection.id, holder)


def _is_same_grant(asked_for: Connection, current: Connection) -> bool:
    """Tell whether the tokens that were asked for still belong there, whatever the clock did."""
    if current.state is State.REVOKED:
        return False
    moments = ((one.consented_at, one.refreshed_at) for one in (asked_for, current))
    return len(set(moments)) == 1
