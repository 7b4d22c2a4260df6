"""What the flows need of the store, as small protocols; ``bot/store`` satisfies them.

A ``Work`` is one transaction: it commits when its ``with`` block ends well and leaves no trace when
it does not. Whatever takes a ``work`` is part of somebody's transaction; what takes none opens
its own. No transaction is ever open while we talk to Webex.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.connections import Connection
from bot.core.consent import Attempt, Ticket
from bot.core.integrations import Integration
from bot.core.queues import Inbox, Outbox
from bot.core.reminders import Ending, Reminder, Told
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair


class Integrations(Protocol):
    """The registered integrations. Their client secrets are sealed at rest."""

    def add(self, integration: Integration, *, now: datetime) -> None:
        """Register one. Raises BadInput where the slug is taken."""

    def get(self, slug: str) -> Integration:
        """Find one by its slug. Raises UnknownIntegration, naming the nearest ones."""

    def hold(self, slug: str) -> Integration:
        """Find one, and let nobody else change it before this transaction ends.

        Raises UnknownIntegration.
        """

    def all(self) -> list[Integration]:
        """List all, by name. Secrets are opened only when they are revealed."""

    def replace(self, integration: Integration) -> None:
        """Keep a changed integration that is held. Raises UnknownIntegration."""

    def remove(self, slug: str) -> None:
        """Forget one that has no connections left. Raises UnknownIntegration or BadInput."""


class Connections(Protocol):
    """The connections and, apart from them, their sealed tokens."""

    def add(self, connection: Connection, tokens: TokenPair, *, look_at: datetime | None) -> bool:
        """Keep a new connection with its tokens; False where its subject already has one."""

    def get(self, connection_id: str) -> Connection | None:
        """Find one by id."""

    def hold(self, connection_id: str) -> Connection | None:
        """Find one by id, and let nobody else change it before this transaction ends."""

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
    ) -> None:
        """Keep a changed connection. Raises Overtaken where it was changed since it was read.

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
        """Hold the connections whose next look has come, the longest overdue first."""

    def look_again(self, connection_id: str, *, at: datetime | None) -> None:
        """Note when to look next at one that is held; this is no change to it."""


class Tickets(Protocol):
    """Consent links and their openings; only fingerprints are kept."""

    def add(self, ticket: Ticket) -> None:
        """Keep a link that was made."""

    def find(self, fingerprint: str) -> Ticket | None:
        """Find a link by its fingerprint."""

    def open(self, attempt: Attempt) -> None:
        """Keep one opening of a link and count it."""

    def is_open(self, state: str) -> bool:
        """Tell whether an opening with this state waits for its answer."""

    def take(self, state: str) -> Attempt | None:
        """Take an opening out for good; of two callers with one state only one gets it."""

    def use_up(self, fingerprint: str, *, now: datetime) -> bool:
        """Use the link up; of two callers only one gets True."""

    def close(self, integration: str, person_id: str, *, now: datetime) -> None:
        """Use up every link of a person for an integration that is still open."""

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

    def open(self, *, since: datetime) -> dict[str, int]:
        """List the open faults that happened since then, and how often each did."""

    def forget(self, *, before: datetime) -> int:
        """Drop the faults that last happened before then; say how many."""


class Leases(Protocol):
    """Named leases for what only one process should do at a time."""

    def take(self, name: str, holder: str, *, now: datetime, lasts: timedelta) -> bool:
        """Take or prolong a lease; False where another holder has it."""

    def give_back(self, name: str, holder: str) -> None:
        """End a lease that this holder has."""


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
