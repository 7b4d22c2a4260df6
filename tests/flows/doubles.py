"""Stand-ins for the outside of the flows: what lies across the network, and plain notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.core.connections import Connection
from bot.core.errors import GrantRefused, WebexError
from bot.core.finding import Finding
from bot.core.integrations import Integration
from bot.core.messages import Message, address, to_email, to_person
from bot.core.people import Person
from bot.core.ports import Concern, Registration
from bot.core.refusals import Refusal
from bot.core.reminders import Reminder
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from tests.core.examples import ANNA, pair
from tests.fakes import FakeMessenger


def nothing() -> None:
    """Let nothing happen while Webex thinks."""


@dataclass
class FakeAuthority:
    """A token endpoint: what it answers can be set, and what happens while it thinks, too."""

    tokens: TokenPair = field(default_factory=pair)
    refusal: Refusal | None = None
    account: Person = ANNA
    trouble: WebexError | None = None
    meanwhile: Callable[[], None] = nothing
    exchanged: list[tuple[str, str]] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    asked: list[dict[str, object]] = field(default_factory=list)
    guard: Lock = field(default_factory=Lock)

    def authorize_url(
        self,
        integration: Integration,
        *,
        scopes: tuple[str, ...],
        state: str,
        challenge: str,
        login_hint: str,
    ) -> str:
        said = {"scopes": scopes, "state": state, "challenge": challenge, "hint": login_hint}
        self.asked.append({"integration": integration.slug, **said})
        return f"https://webex.example/authorize?state={state}"

    def exchange(self, integration: Integration, *, code: str, verifier: Secret) -> TokenPair:
        with self.guard:
            self.exchanged.append((code, verifier.reveal()))
        return self._answer()

    def refresh(self, integration: Integration, refresh_token: Secret) -> TokenPair:
        with self.guard:
            self.refreshed.append(refresh_token.reveal())
        return self._answer()

    def whose(self, access_token: Secret) -> Person:
        if self.trouble:
            raise self.trouble
        return self.account

    def _answer(self) -> TokenPair:
        # What happens meanwhile is decided before, so that it cannot change the answer under way.
        refusal, tokens = self.refusal, self.tokens
        self.meanwhile()
        if refusal:
            raise GrantRefused(refusal)
        return tokens


@dataclass
class PostOffice(FakeMessenger):
    """A messenger that may fail at each post, and in which a bot can read back."""

    found: list[str] = field(default_factory=list)
    looked_since: list[datetime] = field(default_factory=list)

    def post(self, message: Message) -> str:
        if self.failures:
            raise self.failures.popleft()
        return super().post(message)

    def recent(self, message: Message, *, since: datetime) -> list[str]:
        self.looked_since.append(since)
        return self.found


@dataclass
class FakeWebhooks:
    """The webhooks at Webex, and what was done to them."""

    registered: list[Registration] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    trouble: WebexError | None = None

    def all(self) -> list[Registration]:
        if self.trouble:
            raise self.trouble
        return list(self.registered)

    def create(self, resource: str, event: str, target_url: str) -> None:
        hook = Registration(f"w{len(self.done)}", resource, event, target_url, is_current=True)
        self.registered.append(hook)
        self.done.append(f"created {resource}:{event}")

    def revive(self, registration: Registration) -> None:
        self.done.append(f"revived {registration.id}")

    def delete(self, webhook_id: str) -> None:
        self.registered = [hook for hook in self.registered if hook.id != webhook_id]
        self.done.append(f"deleted {webhook_id}")


@dataclass
class PlainNotices:
    """Notices without cards: one short line each, which a test can compare."""

    meanwhile: Callable[[], None] = nothing

    def connected(self, connection: Connection, integration: Integration) -> Message:
        return Message(to_person(connection.person.id), f"connected {integration.slug}")

    def consent_failed(self, person: Person, integration: Integration, reason: str) -> Message:
        return Message(to_person(person.id), f"consent failed {integration.slug}: {reason}")

    def wrong_account(self, asked: Person, consented: Person, integration: Integration) -> Message:
        return Message(to_person(asked.id), f"wrong account {consented.email}")

    def asked_by_another(
        self, asked: Person, consented: Person, integration: Integration
    ) -> Message:
        return Message(to_person(consented.id), f"asked by another {asked.email}")

    def warning(
        self, connection: Connection, integration: Integration, reminder: Reminder, *, now: datetime
    ) -> Message:
        self.meanwhile()
        return Message(
            to_person(connection.person.id), f"warning {integration.slug} {_about(reminder)}"
        )

    def recovered(
        self, connection: Connection, integration: Integration, recipient: str
    ) -> Message:
        return Message(address(recipient), f"recovered {integration.slug}")

    def concerns(self, recipient: str, concerns: list[Concern], *, now: datetime) -> Message:
        told = [f"{one.connection.person.id} {_about(one.reminder)}" for one in concerns]
        return Message(address(recipient), f"concerns {', '.join(sorted(told))}")

    def secret_refused(self, recipient: str, integration: Integration) -> Message:
        return Message(address(recipient), f"secret refused {integration.slug}")

    def advice_to_owner(self, integration: Integration, finding: Finding) -> Message:
        told = f"advice {integration.slug}: {finding.summary}"
        return Message(to_email(integration.owner_email), told)

    def forged_webhooks(self, recipient: str, times: int) -> Message:
        return Message(address(recipient), f"forged {times}")

    def undeliverable(self, recipient: str, what: str, reason: str) -> Message:
        return Message(address(recipient), f"undeliverable: {what}: {reason}")


def _about(reminder: Reminder) -> str:
    return f"{reminder.ending} {reminder.threshold.days}d"
