"""What the flows need of the outside, as small protocols; adapters in other folders satisfy them.

A ``Work`` is one transaction: it commits when its ``with`` block ends well and leaves no trace when
it does not. Whatever takes a ``work`` is part of somebody's transaction; what takes none opens
its own. No transaction is ever open while we talk to Webex.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.connections import Connection
from bot.core.consent import Attempt, Ticket
from bot.core.events import Event, Pressed, Spoken
from bot.core.integrations import Integration
from bot.core.messages import Delivery, Message
from bot.core.people import Person
from bot.core.reminders import Ending, Reminder, Told
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair

Clock = Callable[[], datetime]
"""Gives the time, aware and in UTC."""


@dataclass(frozen=True)
class Lease:
    """Who holds a piece of work, until when, and on which attempt; the attempt is its fence."""

    id: str
    holder: str
    until: datetime
    attempt: int


class Inbox(Protocol):
    """Events that were acknowledged and wait to be handled, in order per space."""

    def put(self, event: Event, *, now: datetime) -> bool:
        """Keep an event; False where it was already here."""

    def claim(self, holder: str, *, now: datetime, lease: timedelta) -> tuple[Lease, Event] | None:
        """Take the next event that is due and whose space has no earlier one waiting."""

    def done(self, lease: Lease, *, now: datetime) -> None:
        """Mark as handled. Raises LeaseLost where somebody else took it over."""

    def retry(self, lease: Lease, *, at: datetime, reason: str) -> None:
        """Give it back, to be claimed again at that time."""

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the space's later events go on."""

    def waiting(self) -> int:
        """Count what is not finished."""


class Outbox(Protocol):
    """Messages that were decided and wait to be sent, in order per address."""

    def put(self, message: Message, *, now: datetime) -> bool:
        """Decide to say this; False where a message with its key was already decided."""

    def claim(
        self, holder: str, *, now: datetime, lease: timedelta
    ) -> tuple[Lease, Delivery] | None:
        """Take the next message that is due and whose address has no earlier one waiting."""

    def sent(self, lease: Lease, *, message_id: str, now: datetime) -> None:
        """Note that it is out. Raises LeaseLost where somebody else took it over."""

    def retry(self, lease: Lease, *, at: datetime, reason: str, is_doubtful: bool) -> None:
        """Give it back; a doubtful one may be out already and is looked up before it is resent."""

    def park(self, lease: Lease, *, now: datetime, reason: str) -> None:
        """Set it aside for an administrator; the address's later messages go on."""

    def withdraw(self, topic: str, *, now: datetime) -> int:
        """Drop what still waits untried about a topic that has become moot; say how many."""

    def waiting(self) -> int:
        """Count what is not finished."""

    def is_ours(self, message_id: str) -> bool:
        """Tell whether a sent message is already accounted for by a delivery."""


class Integrations(Protocol):
    """The registered integrations. Their client secrets are sealed at rest."""

    def add(self, integration: Integration, *, now: datetime) -> None:
        """Register one. Raises BadInput where the slug is taken."""

    def get(self, slug: str) -> Integration:
        """Find one by its slug. Raises UnknownIntegration, naming the nearest ones."""

    def all(self) -> list[Integration]:
        """List all, by name."""

    def replace(self, integration: Integration) -> None:
        """Keep a changed integration under the same slug. Raises UnknownIntegration."""

    def remove(self, slug: str) -> None:
        """Forget one that has no connections left. Raises UnknownIntegration or BadInput."""


class Connections(Protocol):
    """The connections and, apart from them, their sealed tokens."""

    def add(self, connection: Connection, tokens: TokenPair, *, look_at: datetime | None) -> bool:
        """Keep a new connection with its tokens; False where its subject already has one."""

    def get(self, connection_id: str) -> Connection | None:
        """Find one by id."""

    def find(self, integration: str, subject: str) -> Connection | None:
        """Find the connection that a subject has with an integration."""

    def of_person(self, person_id: str) -> list[Connection]:
        """List the connections which this person consented to."""

    def of_integration(self, slug: str) -> list[Connection]:
        """List the connections of an integration."""

    def all(self) -> list[Connection]:
        """List every connection, the ones that end first on top."""

    def count(self) -> dict[str, int]:
        """Count the connections by state."""

    def save(
        self,
        connection: Connection,
        *,
        look_at: datetime | None,
        tokens: TokenPair | None = None,
    ) -> bool:
        """Keep a changed connection if nobody changed it meanwhile; False where somebody did.

        Compares and raises ``version``. Tokens replace the stored ones; a pair without a refresh
        token keeps the stored one.
        """

    def erase_tokens(self, connection_id: str) -> None:
        """Delete the sealed tokens of a connection that is over."""

    def refresh_token(self, connection_id: str) -> Secret | None:
        """Open the refresh token."""

    def access_token(self, connection_id: str) -> Secret | None:
        """Open the access token."""

    def claim_refresh(self, holder: str, *, now: datetime, lease: timedelta) -> Connection | None:
        """Take one connection whose refresh is due and that nobody is refreshing."""

    def release(self, connection_id: str, holder: str) -> None:
        """Let go of a connection that was claimed for a refresh."""

    def to_look_at(self, *, now: datetime, most: int) -> list[Connection]:
        """List connections whose next look has come, the longest overdue first."""

    def look_again(self, connection: Connection, *, at: datetime | None) -> None:
        """Note when to look next, unless it changed meanwhile: then that is looked at first."""


class Tickets(Protocol):
    """Consent links and their openings; only fingerprints are kept."""

    def add(self, ticket: Ticket) -> None:
        """Keep a link that was made."""

    def find(self, fingerprint: str) -> Ticket | None:
        """Find a link by its fingerprint."""

    def open(self, attempt: Attempt) -> None:
        """Keep one opening of a link and count it."""

    def take(self, state: str) -> Attempt | None:
        """Take an opening out for good; of two callers with one state only one gets it."""

    def use_up(self, fingerprint: str, *, now: datetime) -> bool:
        """Use the link up; of two callers only one gets True."""

    def forget(self, *, before: datetime) -> int:
        """Delete what expired before then; say how many."""


class Reminders(Protocol):
    """Which warning was given to whom. One row each, unique: once means once."""

    def claim(
        self, connection_id: str, reminder: Reminder, recipient: str, *, now: datetime
    ) -> bool:
        """Note that this recipient is being told; False where that was noted before."""

    def told(self, connection_id: str, recipient: str) -> Told:
        """List what this recipient was told about a connection."""

    def resolve(self, connection_id: str, *, now: datetime) -> dict[str, Collection[Ending]]:
        """Close the open warnings of a connection; say which recipient had been told of what.

        What was told stays told: ``claim`` and ``told`` count closed warnings, too.
        """


class Audit(Protocol):
    """What was done, by whom, when and from where. Written in the transaction that did it."""

    def note(self, what: str, *, who: str, target: str, now: datetime, **facts: str) -> None:
        """Write one entry. Facts are plain words; a secret has no business here."""


class Incidents(Protocol):
    """Faults that concern the operator: opened once, counted, told once, closed when over."""

    def happened(self, key: str, *, now: datetime, times: int = 1) -> bool:
        """Count a fault; True where it is newly open, so that somebody must be told."""

    def over(self, key: str) -> bool:
        """Close a fault; True where it was open."""

    def open(self) -> dict[str, int]:
        """List the open faults and how often each happened."""


class Leases(Protocol):
    """Named leases for what only one process should do at a time."""

    def take(self, name: str, holder: str, *, now: datetime, lasts: timedelta) -> bool:
        """Take or prolong a lease; False where another holder has it."""


class Work(Protocol):
    """One transaction over everything that is kept."""

    @property
    def inbox(self) -> Inbox:
        """What was heard and waits."""

    @property
    def outbox(self) -> Outbox:
        """What was decided and waits to be sent."""

    @property
    def integrations(self) -> Integrations:
        """The register."""

    @property
    def connections(self) -> Connections:
        """The grants."""

    @property
    def tickets(self) -> Tickets:
        """The consent links."""

    @property
    def reminders(self) -> Reminders:
        """Who was told what."""

    @property
    def audit(self) -> Audit:
        """What was done."""

    @property
    def incidents(self) -> Incidents:
        """What concerns the operator."""

    @property
    def leases(self) -> Leases:
        """Who does what only one should do."""


class Store(Protocol):
    """Where everything is kept."""

    def begin(self) -> AbstractContextManager[Work]:
        """Open a transaction that may write; it commits at the end of a good ``with`` block."""

    def reading(self) -> AbstractContextManager[Work]:
        """Open a transaction that only reads, and so never makes a writer wait."""

    def forget(self, *, before: datetime) -> int:
        """Delete handled events, sent messages and stale links from before then."""


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
    """A webhook as Webex has it registered for the bot."""

    id: str
    resource: str
    event: str
    target_url: str
    is_active: bool


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

    def forged_webhooks(self, recipient: str, times: int) -> Message:
        """Tell an administrator that webhooks arrive with a wrong signature."""

    def undeliverable(self, recipient: str, what: str, reason: str) -> Message:
        """Tell an administrator that a message or an event was set aside."""
