"""How Alembic runs the migrations: on the connection, and in the transaction, of the upgrade."""

from __future__ import annotations

from alembic import context

from bot.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
