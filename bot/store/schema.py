"""Brings a database to the schema of this release, with Alembic.

Separate from the migrations, which Alembic loads by path, from a source tree and a wheel alike.
Processes that upgrade at once wait for each other: on SQLite for the write lock, on PostgreSQL for
an advisory lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import BadInput

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 7_336_187
"""Any number, as long as nobody else locks by it in the same PostgreSQL database."""


def upgrade(engine: Engine) -> None:
    """Apply the migrations that are missing, all or none.

    Raises:
        BadInput: The database does not answer, or is of a newer release.
    """
    config = _config()
    _insist_on_an_answer(engine)
    try:
        with _alone(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise BadInput(
            "The database was made by a newer release of Consentry.",
            advice="Start that release, or another database.",
        ) from error


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the schema of this release."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def faults(engine: Engine) -> list[str]:
    """Say why this database cannot serve; nothing where it can."""
    try:
        return [] if is_current(engine) else ["the database lacks migrations"]
    except SQLAlchemyError as error:
        return [_silence(error)]


def _insist_on_an_answer(engine: Engine) -> None:
    """Say in a sentence what a migration would say in a page of the driver's words."""
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        raise BadInput(
            f"DATABASE_URL is not usable: {_silence(error)}.",
            advice="Check it, and that the database runs; then try again.",
        ) from error


def _silence(error: SQLAlchemyError) -> str:
    return f"the database does not answer ({type(error).__name__})"


def _config() -> Config:
    config = Config()
    # A percent sign in a path would be read as an interpolation.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction in which nobody else can upgrade, on a connection for this alone."""
    with engine.connect() as connection:
        connection.detach()
        if engine.dialect.name == "sqlite":
            # Batch mode replaces whole tables; dropping the old one must not cascade.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection
