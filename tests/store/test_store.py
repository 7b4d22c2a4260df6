from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from bot.core import keeping
from bot.core.consent import Attempt
from bot.core.messages import Message, to_person
from bot.core.secrets import Secret
from bot.store.store import Shelves, Store
from bot.store.tables import Row
from tests.core.examples import CALLING, NOW, connected, pair

PLANTED = "planted-secret"


def test_it_gives_the_shelves_that_the_ports_promise(store: Store) -> None:
    promised: keeping.Store = store  # the type checker compares every method
    with promised.reading() as work:
        assert isinstance(work, Shelves)


def test_a_failure_undoes_all_shelves_together(store: Store) -> None:
    def do_and_fail() -> None:
        with store.begin() as work:
            work.integrations.add(CALLING, now=NOW)
            work.outbox.put(Message(to_person("anna"), "Hello", key="hello"), now=NOW)
            work.audit.note("integration.added", who="anna", target="calling", now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        do_and_fail()
    with store.reading() as work:
        assert work.integrations.all() == []
        assert work.outbox.waiting() == 0


def test_many_writers_all_get_their_turn(store: Store) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            with store.begin() as work:
                work.incidents.happened(f"{writer}-{number}", now=NOW)

    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(write, range(8)))
    with store.reading() as work:
        assert len(work.incidents.open(since=NOW)) == 80


def test_a_transaction_that_only_reads_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError), store.reading() as work:
        work.integrations.add(CALLING, now=NOW)


def test_no_secret_is_readable_in_the_database(store: Store, engine: Engine) -> None:
    keep_secrets(store)
    with engine.connect() as connection:
        for table in Row.metadata.tables.values():
            for row in connection.execute(select(table)):
                for value in row:
                    assert PLANTED.encode() not in (value if isinstance(value, bytes) else b"")
                    assert PLANTED not in str(value)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_secret_is_readable_in_the_files(store: Store, tmp_path: Path) -> None:
    keep_secrets(store)
    with store.begin() as work:
        claimed = work.outbox.claim("worker", now=NOW, lease=NOW - NOW)
        assert claimed
        assert PLANTED in claimed[1].message.markdown
        work.connections.erase_tokens("c1")
    files = sorted(tmp_path.glob("consentry.db*"))
    assert [file.name for file in files] == ["consentry.db", "consentry.db-shm", "consentry.db-wal"]
    raw = b"".join(file.read_bytes() for file in files)
    assert b"anna@example.com" in raw
    assert PLANTED.encode() not in raw


def keep_secrets(store: Store) -> None:
    link = f"https://bot.example/connect/{PLANTED}"
    with store.begin() as work:
        work.integrations.add(replace(CALLING, client_secret=Secret(PLANTED)), now=NOW)
        tokens = replace(pair(), access=Secret(PLANTED), refresh=Secret(PLANTED))
        work.connections.add(connected(), tokens, look_at=None)
        work.tickets.open(Attempt("state", "ticket", "browser", Secret(PLANTED), NOW))
        work.outbox.put(Message(to_person("anna"), link, card={"url": link}), now=NOW)
