"""What a figure depends on besides our code: the machine, the versions, the disk."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

_DISK = Path("var")
"""Beside the real database: the folder for temporary files may be memory, where a commit is free"""
_COMMITS = 500


def describe() -> str:
    """Name what the figures below were measured on."""
    busy = os.getloadavg()[0]
    facts = (
        f"{os.cpu_count()} cores ({busy:.1f} processes were busy with other things)",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"granian {version('granian')}",
        f"{_commits_per_second():,.0f} durable commits/s by bare SQLite in one thread",
    )
    return "\n".join(facts)


@contextmanager
def disk() -> Iterator[Path]:
    """Give a folder for a database, on the disk where the real one would be."""
    _DISK.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_DISK) as folder:
        yield Path(folder).resolve()


def _commits_per_second() -> float:
    with disk() as folder, closing(sqlite3.connect(folder / "disk.db")) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA synchronous = full")
        connection.execute("CREATE TABLE event (body TEXT)")
        started = time.perf_counter()
        for _ in range(_COMMITS):
            connection.execute("INSERT INTO event VALUES (hex(randomblob(200)))")
        return _COMMITS / (time.perf_counter() - started)
