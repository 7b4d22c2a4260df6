"""The tasks that an integration declares."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give every integration a place for them; those that are registered declare none."""
    op.add_column("integrations", sa.Column("tasks", sa.Text(), nullable=False, server_default=""))
