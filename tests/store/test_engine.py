from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.core.errors import BadInput
from bot.store import engine as engines
from bot.store.engine import engine_for, reader_of
from bot.store.tables import IncidentRow, table
from tests.core.examples import NOW
from tests.store.racing import race


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = engine_for(f"sqlite:///{tmp_path}/new/folder/consentry.db")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_either_spelling_of_postgresql_gets_psycopg(scheme: str) -> None:
    engine = engine_for(f"{scheme}://anna:planted@db.example/consentry")
    assert engine.url.drivername == "postgresql+psycopg"
    assert "planted" not in repr(engine)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("planted", "is no URL"),
        ("", "is no URL"),
        ("mysql://anna:planted@db.example/consentry", "names mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_url_that_cannot_work_is_refused_without_being_shown(url: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        engine_for(url)
    assert "planted" not in str(caught.value)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_runs_as_it_must(sqlite: Engine, pragma: str, value: object) -> None:
    with sqlite.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_a_file_that_cannot_keep_a_log_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(BadInput, match="journal_mode at memory"):
        engines._prepare(connection, None)
    connection.close()


def test_only_the_owner_may_read_the_file_its_log_and_its_folder(sqlite: Engine) -> None:
    with sqlite.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    file = Path(str(sqlite.url.database))
    files = [file, Path(f"{file}-wal"), Path(f"{file}-shm")]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_writer_has_the_write_lock_from_its_beginning(sqlite: Engine) -> None:
    file = str(sqlite.url.database)
    with sqlite.begin():
        other = sqlite3.connect(file, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_reader_does_not_wait_for_a_writer_and_sees_one_state(engine: Engine) -> None:
    reader = reader_of(engine)
    incidents = table(IncidentRow)
    count = select(func.count()).select_from(incidents)
    with reader.begin() as reading:
        assert reading.execute(count).scalar_one() == 0
        with engine.begin() as writing:
            writing.execute(insert(incidents).values(key="k", times=1, opened_at=NOW, last_at=NOW))
        assert reading.execute(count).scalar_one() == 0
    with reader.begin() as reading:
        assert reading.execute(count).scalar_one() == 1


def test_a_reader_cannot_write_and_the_next_writer_can(engine: Engine) -> None:
    write = text("DELETE FROM incidents")
    with pytest.raises(DBAPIError, match="read"), reader_of(engine).begin() as reading:
        reading.execute(write)
    with engine.begin() as writing:
        writing.execute(write)


def test_an_error_shows_nothing_that_was_bound_to_a_statement(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(text("SELECT :secret FROM nowhere"), {"secret": "planted"})
    assert "planted" not in str(caught.value)


def test_two_who_open_a_new_file_at_once_both_get_it(tmp_path: Path) -> None:
    for number in range(10):

        def write(name: str, url: str = f"sqlite:///{tmp_path}/{number}.db") -> None:
            engine = engine_for(url)
            with engine.begin() as connection:
                connection.execute(text(f"CREATE TABLE {name}_table (x)"))
            engine.dispose()

        assert race(write) == [None, None]


def test_a_file_that_stays_locked_is_given_up(sqlite: Engine) -> None:
    holder, other = (sqlite3.connect(str(sqlite.url.database), timeout=0) for _ in range(2))
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        engines._execute_patiently(other, "PRAGMA journal_mode = wal", 0.03)
    holder.close()
    other.close()


def test_naming_a_file_again_does_not_make_sqlite_lose_it(sqlite: Engine) -> None:
    # A process that closes any handle of a file drops all its locks on it (POSIX). Another process
    # would then believe to be alone, and remove the log that this one still writes to.
    count = "SELECT COUNT(*) FROM t"
    visit = f"import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('{count}'))"
    command = [sys.executable, "-c", visit, str(sqlite.url.database)]
    with sqlite.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with sqlite.begin() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        engine_for(str(sqlite.url)).dispose()
        assert subprocess.check_output(command) == b"(0,)\n"
    assert subprocess.check_output(command) == b"(1,)\n"
