"""From a link in chat to a connection: offer, open, finish.

The person who asked, the browser that opened the link and the account that consented are three
things; only when all three belong together is anything stored.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core import scopes
from bot.core.consent import (
    ATTEMPT_LIVES,
    TICKET_LIVES,
    Answer,
    Attempt,
    Offer,
    Ticket,
    closed,
    failure,
    no_token,
    other_browser,
    stale_answer,
    unknown_account,
    wrong_account,
)
from bot.core.errors import (
    ConsentFailed,
    GrantRefused,
    SealBroken,
    UnknownIntegration,
    WebexError,
    WebexRefused,
    WrongAccount,
)
from bot.core.people import Person, is_same_id
from bot.core.refusals import RefusalKind
from bot.core.secrets import Secret, fingerprint
from bot.core.tokens import TokenPair, pkce_challenge
from bot.flows.connections import establish, topic_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.connections import Connection
    from bot.core.integrations import Integration
    from bot.core.keeping import Store, Work
    from bot.core.ports import Authority, Clock, Notices
    from bot.flows.client_secrets import ClientSecrets

_RANDOM_BYTES = 32
_VERIFIER_BYTES = 48


@dataclass(frozen=True)
class Consent:
    """The story of a consent link."""

    store: Store
    authority: Authority
    notices: Notices
    client_secrets: ClientSecrets
    clock: Clock
    public_url: str
    is_allowed: Callable[[Person], bool]

    def offer(self, work: Work, person: Person, slug: str) -> tuple[Integration, Offer]:
        """Make a link for this person, in the caller's transaction.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: A link would lead nowhere.
        """
        now = self.clock()
        integration = work.integrations.get(slug).connectable(now=now)
        wanted = scopes.to_request(integration.scopes, integration.scopes)
        ticket = Secret(secrets.token_urlsafe(_RANDOM_BYTES))
        expires_at = now + TICKET_LIVES
        kept = Ticket(fingerprint(ticket.reveal()), integration.slug, person, wanted, expires_at)
        work.tickets.add(kept)
        work.audit.note(
            "consent.offered",
            who=person.email,
            target=f"integration:{integration.slug}",
            now=now,
            scopes=" ".join(wanted),
        )
        return integration, Offer(ticket, wanted, expires_at)

    def link(self, offer: Offer) -> str:
        """Write the link that goes into the person's 1:1 space, and nowhere else."""
        return f"{self.public_url}/connect/{offer.ticket.reveal()}"

    def open(self, ticket: str, browser: str) -> str:
        """Open the link: Webex's consent page for it. Opening uses nothing up.

        Args:
            ticket: As it stands in the link.
            browser: A random value that only this browser's cookie holds.

        Raises:
            LinkUnknown, LinkUsed: It leads nowhere; the message says why.
        """
        now = self.clock()
        with self.store.reading() as work:  # a stranger's guess must not take the write lock
            if not work.tickets.find(fingerprint(ticket)):
                raise closed(None)
        state = Secret(secrets.token_urlsafe(_RANDOM_BYTES))
        verifier = Secret(secrets.token_urlsafe(_VERIFIER_BYTES))
        with self.store.begin() as work:
            kept = work.tickets.find(fingerprint(ticket))
            if kept is None or not kept.is_open(now=now):
                raise closed(kept)
            integration = _integration_of(kept, work)
            work.tickets.open(
                Attempt(
                    state=fingerprint(state.reveal()),
                    ticket=kept.fingerprint,
                    browser=fingerprint(browser),
                    verifier=verifier,
                    expires_at=now + ATTEMPT_LIVES,
                )
            )
        return self.authority.authorize_url(
            integration,
            scopes=kept.scopes,
            state=state.reveal(),
            challenge=pkce_challenge(verifier.reveal()),
            login_hint=kept.person.email,
        )

    def finish(self, answer: Answer, browser: str) -> tuple[Connection, Integration]:
        """Take Webex's answer: at most once, from the right browser, for the right account.

        Raises:
            ConsentFailed: Nothing was stored; the class says why.
        """
        attempt, ticket = self._take(answer.state)
        if not hmac.compare_digest(attempt.browser, fingerprint(browser)):
            raise other_browser()
        if answer.error or not answer.code:
            raise self._failed(ticket, failure(answer.error, answer.description))
        integration = self._use_up(ticket)
        asked_at = self.clock()
        tokens, consented = self._exchange(ticket, integration, attempt=attempt, code=answer.code)
        if not is_same_id(consented.id, ticket.person.id):
            raise self._wrong_account(ticket, integration, consented)
        return self._keep(ticket, integration, tokens=tokens, asked_at=asked_at), integration

    def _take(self, state: str) -> tuple[Attempt, Ticket]:
        with self.store.reading() as work:  # as above
            if not work.tickets.is_open(fingerprint(state)):
                raise stale_answer()
        with self.store.begin() as work:
            attempt = work.tickets.take(fingerprint(state))
            ticket = work.tickets.find(attempt.ticket) if attempt else None
        if attempt is None or ticket is None or self.clock() >= attempt.expires_at:
            raise stale_answer()
        return attempt, ticket

    def _use_up(self, ticket: Ticket) -> Integration:
        with self.store.begin() as work:
            integration = _integration_of(ticket, work)
            is_first = work.tickets.use_up(ticket.fingerprint, now=self.clock())
        if not is_first:
            raise closed(replace(ticket, used_at=self.clock()))
        return integration

    def _exchange(
        self, ticket: Ticket, integration: Integration, *, attempt: Attempt, code: str
    ) -> tuple[TokenPair, Person]:
        try:
            tokens = self.authority.exchange(integration, code=code, verifier=attempt.verifier)
            self.client_secrets.accepted(integration)
            return tokens, self.authority.whose(tokens.access)
        except GrantRefused as refused:
            if refused.refusal.kind is RefusalKind.CLIENT:
                self.client_secrets.refused(integration)
            raise self._failed(ticket, no_token(integration)) from refused
        except WebexRefused as unsaid:
            # Whose token it is could not be learnt: a token of nobody must not be kept.
            raise self._failed(ticket, unknown_account(integration)) from unsaid
        except (WebexError, SealBroken) as trouble:
            raise self._failed(ticket, no_token(integration)) from trouble

    def _keep(
        self, ticket: Ticket, integration: Integration, *, tokens: TokenPair, asked_at: datetime
    ) -> Connection:
        with self.store.begin() as work:
            connection = establish(work, ticket, integration, tokens=tokens, now=asked_at)
            work.tickets.close(integration.slug, ticket.person.id, now=asked_at)
            warned = work.reminders.resolve(connection.id, now=asked_at)
            work.outbox.withdraw(topic_of(connection), now=asked_at)
            work.outbox.put(self.notices.connected(connection, integration), now=asked_at)
            for recipient in set(warned) - {connection.subject}:
                notice = self.notices.recovered(connection, integration, recipient)
                work.outbox.put(notice, now=asked_at)
            work.audit.note(
                "connection.consented",
                who=connection.person.email,
                target=topic_of(connection),
                now=asked_at,
                integration=integration.slug,
                scopes=" ".join(connection.granted),
            )
        return connection

    def _failed(self, ticket: Ticket, reason: ConsentFailed) -> ConsentFailed:
        now = self.clock()
        with self.store.begin() as work:
            integration = _integration_of(ticket, work)
            notice = self.notices.consent_failed(ticket.person, integration, str(reason))
            work.outbox.put(notice, now=now)
            work.audit.note(
                "consent.failed",
                who=ticket.person.email,
                target=f"integration:{ticket.integration}",
                now=now,
                reason=type(reason).__name__,
            )
        return reason

    def _wrong_account(
        self, ticket: Ticket, integration: Integration, consented: Person
    ) -> WrongAccount:
        now, asked = self.clock(), ticket.person
        with self.store.begin() as work:
            work.outbox.put(self.notices.wrong_account(asked, consented, integration), now=now)
            if self.is_allowed(consented):
                told = self.notices.asked_by_another(asked, consented, integration)
                work.outbox.put(told, now=now)
            work.audit.note(
                "consent.wrong_account",
                who=asked.email,
                target=f"integration:{integration.slug}",
                now=now,
                consented=consented.email,
            )
        return wrong_account(asked, consented)


def _integration_of(ticket: Ticket, work: Work) -> Integration:
    try:
        return work.integrations.get(ticket.integration)
    except UnknownIntegration as removed:
        raise closed(None) from removed
