"""The engine: one place that knows how SQLite and PostgreSQL have to be opened.

SQLite runs with a write-ahead log, full synchronisation, enforced foreign keys and explicit
transactions: those that may write take the write lock when they begin, so that none fails half way.
Nothing that is bound to a statement is ever shown in an error.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.core.errors import BadInput

_POOL_SIZE = 20
"""Connections kept open: more than the threads of one process that talk to the database at once."""
_BUSY_SECONDS = 10
"""How long a writer waits for another one; a transaction takes a few milliseconds."""
_RETRY_SECONDS = 0.01
_CONNECT_SECONDS = 10
_PRAGMAS = {
    "busy_timeout": _BUSY_SECONDS * 1000,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: what was acknowledged survives a power cut
    "foreign_keys": 1,
}
_READS_ONLY = "reads_only"


def engine_for(url: str) -> Engine:
    """Open the database that DATABASE_URL names, making the file where there is none.

    Raises:
        BadInput: The URL makes no sense, or names something else than SQLite or PostgreSQL.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    if parsed.get_backend_name() in ("postgres", "postgresql"):
        return _postgresql_engine(parsed)
    raise _refusal(f"names {parsed.get_backend_name()}, which is not supported")


def reader_of(engine: Engine) -> Engine:
    """Share the engine's connections for transactions that see one state and change nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READS_ONLY: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise _refusal("is no URL") from error
    except ValueError as error:  # its words hold a part of the URL, maybe of the password
        raise _refusal(
            "has no number for its port; write @ : / in a password as %40 %3A %2F"
        ) from error


def _refusal(what: str) -> BadInput:
    return BadInput(
        f"DATABASE_URL {what}.",
        advice="Write sqlite:///var/consentry.db or postgresql://user:password@host/name.",
    )


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=_POOL_SIZE,
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )


def _sqlite_engine(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise _refusal("names no file, and in memory nothing would last")
    _make_private_file(Path(url.database))
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"), hide_parameters=True, pool_size=_POOL_SIZE
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private_file(path: Path) -> None:
    """Make the file before SQLite does; its log and index inherit the mode."""
    try:
        _make(path)
    except OSError as error:
        raise BadInput(
            f"The file of DATABASE_URL cannot be made: {error.strerror}: {error.filename}.",
            advice="Name one in a folder that Consentry may write to.",
        ) from error


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Never open one that is there: closing it would drop the locks that SQLite holds on it for
    # this process, and then other processes overwrite what this one commits.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, mode=0o600))


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Take transactions into our own hands, set the pragmas, and see that they took."""
    connection.isolation_level = None
    for name, wanted in _PRAGMAS.items():
        _execute_patiently(connection, f"PRAGMA {name} = {wanted}", _BUSY_SECONDS)
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            raise BadInput(
                f"SQLite keeps {name} at {found} for this file, where it must be {wanted}.",
                advice="Put the database on a local disk; network file systems cannot do this.",
            )


def _execute_patiently(connection: sqlite3.Connection, statement: str, seconds: float) -> None:
    """Try until it works: turning the log on is the one thing for which SQLite never waits."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    reads_only = bool(connection.get_execution_options().get(_READS_ONLY))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(reads_only)}")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
