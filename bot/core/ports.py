"""What the flows need of Webex, of the clock and of whoever words the messages, as protocols.

``bot/webex`` and ``bot/chat`` satisfy them; only the composition knows that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.connections import Connection
from bot.core.events import Pressed, Spoken
from bot.core.finding import Finding
from bot.core.integrations import Integration
from bot.core.messages import Message
from bot.core.people import Person
from bot.core.reminders import Reminder
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair

Clock = Callable[[], datetime]
"""Gives the time, aware and in UTC."""


class Messenger(Protocol):
    """The bot's own account at Webex. Every method may raise WebexBusy or WebexRefused."""

    def me(self) -> Person:
        """Who the bot is."""

    def person(self, person_id: str) -> Person:
        """Look a person up."""

    def spoken(self, message_id: str) -> Spoken:
        """Read a message that was heard of."""

    def pressed(self, action_id: str) -> Pressed:
        """Read a press of a button that was heard of."""

    def is_direct(self, room_id: str) -> bool:
        """Tell a 1:1 space from a group space."""

    def post(self, message: Message) -> str:
        """Say something; the id of what was said."""

    def retract(self, message_id: str) -> None:
        """Delete what the bot said; well if it is already gone."""

    def recent(self, message: Message, *, since: datetime) -> list[str]:
        """List the ids of the bot's own messages with these words in a 1:1 space since then."""


class Authority(Protocol):
    """The OAuth side of Webex. Token calls raise GrantRefused; ``whose`` raises WebexError."""

    def authorize_url(
        self,
        integration: Integration,
        *,
        scopes: tuple[str, ...],
        state: str,
        challenge: str,
        login_hint: str,
    ) -> str:
        """Compose the link to Webex's consent page."""

    def exchange(self, integration: Integration, *, code: str, verifier: Secret) -> TokenPair:
        """Turn an authorization code into tokens."""

    def refresh(self, integration: Integration, refresh_token: Secret) -> TokenPair:
        """Turn a refresh token into fresh tokens."""

    def whose(self, access_token: Secret) -> Person:
        """Ask whose account a token acts for."""


@dataclass(frozen=True)
class Registration:
    """A webhook as Webex has it registered for the bot.

    ``is_current`` means active, and signing with the secret that we have now.
    """

    id: str
    resource: str
    event: str
    target_url: str
    is_current: bool


class Webhooks(Protocol):
    """The bot's webhooks at Webex. Every method may raise WebexBusy or WebexRefused."""

    def all(self) -> list[Registration]:
        """List the webhooks which this bot's token registered."""

    def create(self, resource: str, event: str, target_url: str) -> None:
        """Register one, signed with our secret."""

    def revive(self, registration: Registration) -> None:
        """Set one active again, with our secret (Webex never does that by itself)."""

    def delete(self, webhook_id: str) -> None:
        """Remove one; well if it is already gone."""


@dataclass(frozen=True)
class Concern:
    """A warning for administrators: which connection, of which integration, and what is due."""

    connection: Connection
    integration: Integration
    reminder: Reminder


class Notices(Protocol):
    """What the bot says unasked. Each method turns facts into a message; nothing is sent here."""

    def connected(self, connection: Connection, integration: Integration) -> Message:
        """Tell a person that the connection stands, and how to take it back."""

    def consent_failed(self, person: Person, integration: Integration, reason: str) -> Message:
        """Tell a person why a consent came to nothing."""

    def wrong_account(self, asked: Person, consented: Person, integration: Integration) -> Message:
        """Tell the person who asked that another account consented."""

    def asked_by_another(
        self, asked: Person, consented: Person, integration: Integration
    ) -> Message:
        """Tell the person who consented that somebody else had asked for the link."""

    def warning(
        self, connection: Connection, integration: Integration, reminder: Reminder, *, now: datetime
    ) -> Message:
        """Warn the person whose connection ends or has ended."""

    def recovered(
        self, connection: Connection, integration: Integration, recipient: str
    ) -> Message:
        """Tell whoever was warned that all is well again."""

    def concerns(self, recipient: str, concerns: list[Concern], *, now: datetime) -> Message:
        """Tell an administrator, in one message, what owners did not mend in time."""

    def secret_refused(self, recipient: str, integration: Integration) -> Message:
        """Tell an administrator that Webex refuses an integration's client secret."""

    def advice_to_owner(self, integration: Integration, finding: Finding) -> Message:
        """Tell an owner what a check of the scopes found, or that they fit by now."""

    def forged_webhooks(self, recipient: str, times: int) -> Message:
        """Tell an administrator that webhooks arrive with a wrong signature."""

    def undeliverable(self, recipient: str, what: str, reason: str) -> Message:
        """Tell an administrator that a message or an event was set aside."""
