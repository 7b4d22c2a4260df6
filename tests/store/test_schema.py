from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from bot.core.errors import BadInput
from bot.core.reminders import AT_ONCE, Ending, Reminder
from bot.store.engine import engine_for
from bot.store.schema import _alone, _config, faults, is_current, upgrade
from bot.store.sealing import Sealer
from bot.store.store import Store
from bot.store.tables import Row
from tests.core.examples import CALLING, NOW, connected, pair

UPGRADE = """
import sys
from bot.store.engine import engine_for
from bot.store.schema import upgrade
engine = engine_for(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
upgrade(engine)
"""


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


def test_an_empty_database_is_not_current_until_it_is_upgraded(empty: Engine) -> None:
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(_A_ROW)
    upgrade(empty)
    assert is_current(empty)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT key FROM incidents")).scalars().all() == ["forged"]


def test_the_migrations_lead_to_the_tables_as_they_are_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Row.metadata) == []


def test_an_upgrade_that_fails_leaves_no_trace(empty: Engine) -> None:
    with empty.begin() as connection:
        # The migration makes this table, too, but not as its first.
        connection.execute(text("CREATE TABLE leases (x INTEGER)"))
    with pytest.raises(Exception, match="leases"):
        upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("DROP TABLE leases"))
    upgrade(empty)
    assert is_current(empty)


def test_foreign_keys_are_enforced_after_an_upgrade(engine: Engine) -> None:
    upgrade(engine)
    for _ in range(3):
        with engine.begin() as connection, pytest.raises(Exception, match=r"(?i)foreign key"):
            connection.execute(_AN_ORPHAN)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_migration_may_replace_a_table_without_losing_what_refers_to_it(store: Store) -> None:
    with store.begin() as work:
        work.integrations.add(CALLING, now=NOW)
        work.connections.add(connected(), pair(), look_at=None)
        work.reminders.claim("c1", Reminder(Ending.TOKENS, NOW, AT_ONCE), "anna", now=NOW)
    with _alone(store.engine) as connection:
        connection.execute(text("CREATE TABLE replacement AS SELECT * FROM connections"))
        connection.execute(text("DROP TABLE connections"))
        connection.execute(text("ALTER TABLE replacement RENAME TO connections"))
    with store.reading() as work:
        assert len(work.reminders.told("c1", "anna")) == 1


def test_two_processes_that_upgrade_at_once_do_no_harm(database_url: str, empty: Engine) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=20)
    assert [process.returncode for process in processes] == [0, 0]
    assert is_current(empty)


def test_what_was_registered_before_tasks_were_declared_declares_none(
    empty: Engine, sealer: Sealer
) -> None:
    with _alone(empty) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(_AN_INTEGRATION)
    assert not is_current(empty)
    upgrade(empty)
    with Store(empty, sealer).reading() as work:
        (kept,) = work.integrations.all()
    assert (kept.slug, kept.scopes, kept.tasks) == ("old", ("spark:calls_read",), ())


_A_ROW = text("INSERT INTO incidents VALUES ('forged', 1, '2026-11-20', '2026-11-20')")
_AN_INTEGRATION = text("""
    INSERT INTO integrations (slug, name, client_id, client_secret, scopes, owner_email, purpose,
        access, renewal, approvers, kind, application_id, created_at)
    VALUES ('old', 'Old', 'C1', '', 'spark:calls_read', 'owner@example.com', '',
        'open', 'automatic', '', 'integration', '', '2026-11-20 00:00:00')
""")
_AN_ORPHAN = text("""
    INSERT INTO reminders (connection_id, ending, at, threshold_seconds, recipient, told_at)
    VALUES ('nobody', 'tokens', '2026-11-20 00:00:00', 0, 'anna', '2026-11-20 00:00:00')
""")


def test_a_database_of_a_newer_release_is_left_alone_and_told(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadInput, match="newer release"):
        upgrade(engine)
    assert faults(engine) == ["the database lacks migrations"]
