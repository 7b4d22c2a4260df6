"""A bell lets a worker sleep until somebody commits, so that nothing new has to wait.

Separate, because each engine rings in its own way: SQLite counts the commits of all processes in
``PRAGMA data_version``, PostgreSQL has ``LISTEN`` and ``NOTIFY``. A bell may ring in vain, and a
bell that is lost costs only the wait, because whoever waits gives a time-out and looks anyway.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Protocol

import psycopg
from sqlalchemy import Connection, Engine, text

from bot.core.secrets import Secret

_CHANNEL = "consentry"
_POLL_SECONDS = 0.01
"""A look takes microseconds, and nobody feels a hundredth of a second."""


class Bell(Protocol):
    """Something that rings after a commit."""

    def wait(self, timeout_seconds: float) -> None:
        """Sleep until somebody has committed since the last wait, or until the time is over."""

    def close(self) -> None:
        """Let go of the bell's own connection."""


def bell_for(engine: Engine) -> Bell:
    """Make a bell for one waiting thread; it rings for every commit from now on."""
    return SQLiteBell(engine) if engine.dialect.name == "sqlite" else PostgreSQLBell(engine)


def ring(connection: Connection) -> None:
    """Ring all bells when this transaction commits. SQLite rings by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {_CHANNEL}"))


class SQLiteBell:
    """Watches the count of commits, which is shared by all processes on one database file."""

    def __init__(self, engine: Engine) -> None:
        """Open a connection of its own: the count tells of other connections' commits."""
        self._connection = sqlite3.connect(str(engine.url.database), check_same_thread=False)
        self._seen = self._commits()

    def wait(self, timeout_seconds: float) -> None:
        """Sleep until somebody has committed since the last wait, or until the time is over."""
        deadline = time.monotonic() + timeout_seconds
        while (now := self._commits()) == self._seen and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        self._seen = now

    def close(self) -> None:
        """Let go of the bell's own connection."""
        self._connection.close()

    def _commits(self) -> int:
        (commits,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(commits)


class PostgreSQLBell:
    """Listens for notifications; reconnects when the server was restarted."""

    def __init__(self, engine: Engine) -> None:
        """Listen on a connection of its own, for one out of the pool would be given back."""
        url = engine.url.set(drivername="postgresql")
        self._address = Secret(url.render_as_string(hide_password=False))
        self._connection = self._listening()

    def wait(self, timeout_seconds: float) -> None:
        """Sleep until somebody has committed since the last wait, or until the time is over."""
        try:
            for _ in self._connection.notifies(timeout=timeout_seconds, stop_after=1):
                pass
        except psycopg.OperationalError:
            # What was rung while nobody listened is lost, so this counts as a ring.
            self._connection.close()
            self._connection = self._listening()

    def close(self) -> None:
        """Let go of the bell's own connection."""
        self._connection.close()

    def _listening(self) -> psycopg.Connection:
        connection = psycopg.connect(self._address.reveal(), autocommit=True)
        connection.execute(f"LISTEN {_CHANNEL}")
        return connection
