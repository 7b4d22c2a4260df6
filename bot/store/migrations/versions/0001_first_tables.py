"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)
_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNFINISHED = sa.text("finished_at IS NULL")
_FINISHED = sa.text("finished_at IS NOT NULL")


def upgrade() -> None:
    """Make them."""
    _create_queues()
    _create_grants()
    _create_consents()
    _create_records()


def _queue_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("seq", _SEQUENCE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("held_at", _MOMENT, nullable=True),
        sa.Column("tried_at", _MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
    )


def _person_columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("person_email", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("person_org_id", sa.String(), nullable=False),
    )


def _create_queues() -> None:
    op.create_table(
        "inbox",
        *_queue_columns(),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
    )
    _index_part("ix_inbox_due", "inbox", ["due_at", "seq"], where=_UNFINISHED)
    _index_part("ix_inbox_finished", "inbox", ["finished_at"], where=_FINISHED)
    _index_part("ix_inbox_lane", "inbox", ["lane", "seq"], where=_UNFINISHED)
    op.create_table(
        "outbox",
        *_queue_columns(),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("is_repeat", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index_part("ix_outbox_due", "outbox", ["due_at", "seq"], where=_UNFINISHED)
    _index_part("ix_outbox_finished", "outbox", ["finished_at"], where=_FINISHED)
    _index_part("ix_outbox_lane", "outbox", ["lane", "seq"], where=_UNFINISHED)
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    _index_part("ix_outbox_topic", "outbox", ["topic"], where=_UNFINISHED)


def _index_part(name: str, table: str, columns: list[str], *, where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _create_grants() -> None:
    op.create_table(
        "integrations",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("owner_email", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("renewal", sa.String(), nullable=False),
        sa.Column("approvers", sa.Text(), nullable=False),
        sa.Column("max_days", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("secret_refused_at", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_integrations"),
    )
    op.create_table(
        "connections",
        *_person_columns(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("integration", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("requested", sa.Text(), nullable=False),
        sa.Column("granted", sa.Text(), nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", _MOMENT, nullable=False),
        sa.Column("consented_at", _MOMENT, nullable=False),
        sa.Column("access_set_at", _MOMENT, nullable=False),
        sa.Column("access_ends_at", _MOMENT, nullable=True),
        sa.Column("refresh_ends_at", _MOMENT, nullable=True),
        sa.Column("deadline_set_at", _MOMENT, nullable=True),
        sa.Column("deadline_is_fixed", sa.Boolean(), nullable=False),
        sa.Column("refresh_due_at", _MOMENT, nullable=True),
        sa.Column("refreshed_at", _MOMENT, nullable=True),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("look_at", _MOMENT, nullable=True),
        sa.Column("access_token", sa.LargeBinary(), nullable=True),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=True),
        sa.Column("refresh_holder", sa.String(), nullable=True),
        sa.Column("refresh_held_until", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_connections"),
        sa.ForeignKeyConstraint(
            ["integration"], ["integrations.slug"], name="fk_connections_integration"
        ),
        sa.UniqueConstraint("integration", "subject", name="uq_connections_integration_subject"),
    )
    op.create_index("ix_connections_look_at", "connections", ["look_at"])
    op.create_index("ix_connections_person_key", "connections", ["person_key"])
    op.create_index("ix_connections_refresh_due_at", "connections", ["refresh_due_at"])
    op.create_table(
        "reminders",
        sa.Column("connection_id", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("threshold_seconds", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("resolved_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint(
            "connection_id", "ending", "at", "threshold_seconds", "recipient", name="pk_reminders"
        ),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connections.id"],
            name="fk_reminders_connection_id",
            ondelete="CASCADE",
        ),
    )


def _create_consents() -> None:
    op.create_table(
        "tickets",
        *_person_columns(),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("integration", sa.String(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_tickets"),
    )
    op.create_index("ix_tickets_expires_at", "tickets", ["expires_at"])
    op.create_table(
        "attempts",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_attempts"),
    )
    op.create_index("ix_attempts_expires_at", "attempts", ["expires_at"])


def _create_records() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", _SEQUENCE, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "incidents",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_incidents"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
