"""The tables. What holds a secret is ``Sealed``; all else is readable as it stands.

Separate, because shelves, migrations and key rotation all start from here.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, MetaData, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.core.connections import State, Trouble
from bot.core.integrations import Access, Kind, Renewal
from bot.core.reminders import Ending
from bot.store.columns import Lines, OneOf, Sealed, Sequence, UTCDateTime, Words

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, or SQLite could never change it."""


class Row(SQLModel):
    """A row of any table. Time zones, choices and word lists are the columns' business."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def table(row: type[Row]) -> Table:
    """Find the table of a kind of row, for statements."""
    return Row.metadata.tables[str(row.__tablename__)]


class Progress(StrEnum):
    """How far a queued row has come."""

    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"


class QueueRow(Row):
    """What inbox and outbox have in common: a place in a lane, and who works on it.

    ``due_at`` is when it may be claimed; a claim moves it to the end of the lease. ``tried_at`` is
    since when it may be done already, because a holder vanished or was in doubt.
    """

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    key: str = Field(unique=True)
    lane: str
    state: Progress = Field(sa_type=OneOf(Progress))
    due_at: datetime = Field(sa_type=UTCDateTime)
    holder: str = ""
    held_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: str = ""


def _queue_indexes(name: str) -> tuple[Index, ...]:
    """Index what is unfinished, which stays small, apart from what is finished."""
    unfinished, finished = text("finished_at IS NULL"), text("finished_at IS NOT NULL")
    return (
        _partial(f"ix_{name}_due", "due_at", "seq", where=unfinished),
        _partial(f"ix_{name}_lane", "lane", "seq", where=unfinished),
        _partial(f"ix_{name}_finished", "finished_at", where=finished),
    )


def _partial(name: str, *columns: str, where: Any) -> Index:  # noqa: ANN401 - SQLAlchemy's own type
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class InboxRow(QueueRow, table=True):
    """An event that was acknowledged to Webex."""

    __tablename__ = "inbox"
    __table_args__ = _queue_indexes("inbox")

    resource: str
    event: str
    id: str
    room_id: str
    person_id: str
    at: str


class OutboxRow(QueueRow, table=True):
    """A message that was decided. Its words are sealed, for a card may hold a consent link."""

    __tablename__ = "outbox"
    __table_args__ = (
        *_queue_indexes("outbox"),
        _partial("ix_outbox_topic", "topic", where=text("finished_at IS NULL")),
    )

    topic: str | None
    message: bytes | None = Field(sa_type=Sealed("key"))
    is_repeat: bool = False
    message_id: str | None = Field(default=None, index=True)


class IntegrationRow(Row, table=True):
    """A registered integration."""

    __tablename__ = "integrations"

    slug: str = Field(primary_key=True)
    name: str
    client_id: str
    client_secret: bytes = Field(sa_type=Sealed("slug"))
    scopes: tuple[str, ...] = Field(sa_type=Words)
    owner_email: str
    purpose: str
    access: Access = Field(sa_type=OneOf(Access))
    renewal: Renewal = Field(sa_type=OneOf(Renewal))
    approvers: tuple[str, ...] = Field(sa_type=Words)
    max_days: int | None
    kind: Kind = Field(sa_type=OneOf(Kind))
    application_id: str
    tasks: tuple[str, ...] = Field(sa_type=Lines)
    secret_refused_at: datetime | None = Field(sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)


class OfPerson(Row):
    """The columns that a person takes. Only people consent, so ``is_human`` needs none."""

    person_id: str
    person_email: str
    person_name: str
    person_org_id: str


class ConnectionRow(OfPerson, table=True):
    """A connection, its tokens, and who is refreshing it until when."""

    __tablename__ = "connections"
    __table_args__ = (UniqueConstraint("integration", "subject"),)

    id: str = Field(primary_key=True)
    integration: str = Field(foreign_key="integrations.slug")
    subject: str
    person_key: str = Field(index=True)
    requested: tuple[str, ...] = Field(sa_type=Words)
    granted: tuple[str, ...] = Field(sa_type=Words)
    renews: bool
    state: State = Field(sa_type=OneOf(State))
    state_since: datetime = Field(sa_type=UTCDateTime)
    consented_at: datetime = Field(sa_type=UTCDateTime)
    access_set_at: datetime = Field(sa_type=UTCDateTime)
    access_ends_at: datetime | None = Field(sa_type=UTCDateTime)
    refresh_ends_at: datetime | None = Field(sa_type=UTCDateTime)
    deadline_set_at: datetime | None = Field(sa_type=UTCDateTime)
    deadline_is_fixed: bool
    refresh_due_at: datetime | None = Field(sa_type=UTCDateTime, index=True)
    refreshed_at: datetime | None = Field(sa_type=UTCDateTime)
    ends_at: datetime | None = Field(sa_type=UTCDateTime)
    failures: int
    trouble: Trouble = Field(sa_type=OneOf(Trouble))
    version: int
    look_at: datetime | None = Field(sa_type=UTCDateTime, index=True)
    access_token: bytes | None = Field(sa_type=Sealed("id"))
    refresh_token: bytes | None = Field(sa_type=Sealed("id"))
    refresh_holder: str | None = None
    refresh_held_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TicketRow(OfPerson, table=True):
    """A consent link, known by its fingerprint."""

    __tablename__ = "tickets"

    fingerprint: str = Field(primary_key=True)
    integration: str
    scopes: tuple[str, ...] = Field(sa_type=Words)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
    used_at: datetime | None = Field(sa_type=UTCDateTime)
    attempts: int


class AttemptRow(Row, table=True):
    """One opening of a consent link."""

    __tablename__ = "attempts"

    state: str = Field(primary_key=True)
    ticket: str
    browser: str
    verifier: bytes = Field(sa_type=Sealed("state"))
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)


class ReminderRow(Row, table=True):
    """A warning that was given. The key is all of what makes it the same warning."""

    __tablename__ = "reminders"

    connection_id: str = Field(primary_key=True, foreign_key="connections.id", ondelete="CASCADE")
    ending: Ending = Field(primary_key=True, sa_type=OneOf(Ending))
    at: datetime = Field(primary_key=True, sa_type=UTCDateTime)
    threshold_seconds: int = Field(primary_key=True)
    recipient: str = Field(primary_key=True)
    told_at: datetime = Field(sa_type=UTCDateTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AuditRow(Row, table=True):
    """What was done."""

    __tablename__ = "audit"

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    who: str
    what: str
    target: str
    facts: dict[str, str] = Field(sa_type=JSON)


class IncidentRow(Row, table=True):
    """An open fault."""

    __tablename__ = "incidents"

    key: str = Field(primary_key=True)
    times: int
    opened_at: datetime = Field(sa_type=UTCDateTime)
    last_at: datetime = Field(sa_type=UTCDateTime)


class LeaseRow(Row, table=True):
    """Who does what only one process should do."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UTCDateTime)
