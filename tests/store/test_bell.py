from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Engine

from bot.core.events import Event
from bot.core.messages import Message, to_room
from bot.store.bell import Bell, PostgreSQLBell, bell_for
from bot.store.engine import engine_for
from bot.store.sealing import Sealer
from bot.store.store import Store
from tests.core.examples import NOW

SHORT, LONG = 0.1, 10.0


@pytest.fixture
def bell(engine: Engine) -> Iterator[Bell]:
    bell = bell_for(engine)
    yield bell
    bell.close()


def hear(store: Store, name: str = "m1") -> None:
    with store.begin() as work:
        work.inbox.put(Event("messages", "created", name, "room"), now=NOW)


def waited(bell: Bell, seconds: float) -> float:
    start = time.monotonic()
    bell.wait(seconds)
    return time.monotonic() - start


def test_it_rings_when_another_thread_commits(store: Store, bell: Bell) -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting = thread.submit(waited, bell, LONG)
        hear(store)
        assert waiting.result() < LONG / 2


def test_it_rings_for_what_another_process_commits(
    bell: Bell, database_url: str, sealer: Sealer
) -> None:
    # Of its own engine, as another process has one: nothing is shared but the database.
    stranger = engine_for(database_url)
    hear(Store(stranger, sealer))
    stranger.dispose()
    assert waited(bell, LONG) < LONG / 2


def test_it_rings_for_a_message_to_send(store: Store, bell: Bell) -> None:
    with store.begin() as work:
        work.outbox.put(Message(to_room("space"), "Hello"), now=NOW)
    assert waited(bell, LONG) < LONG / 2


def test_a_commit_between_two_waits_is_not_missed(store: Store, bell: Bell) -> None:
    for name in ("m1", "m2"):
        hear(store, name)
        assert waited(bell, LONG) < LONG / 2


def test_it_rings_once_for_a_commit(store: Store, bell: Bell) -> None:
    hear(store)
    assert waited(bell, LONG) < LONG / 2
    assert waited(bell, SHORT) >= SHORT


def test_it_does_not_ring_for_a_worker_that_finds_nothing(store: Store, bell: Bell) -> None:
    with store.begin() as work:
        assert work.inbox.claim("worker", now=NOW, lease=timedelta(minutes=1)) is None
    with store.reading() as work:
        assert work.inbox.waiting() == 0
    assert waited(bell, SHORT) >= SHORT


def test_it_does_not_ring_for_what_is_rolled_back(store: Store, bell: Bell) -> None:
    def hear_and_fail() -> None:
        with store.begin() as work:
            work.inbox.put(Event("messages", "created", "m1", "room"), now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        hear_and_fail()
    assert waited(bell, SHORT) >= SHORT


def test_it_listens_again_when_the_server_dropped_it(
    postgresql_url: str, postgresql_server: str
) -> None:
    engine = engine_for(postgresql_url)
    bell = PostgreSQLBell(engine)
    with psycopg.connect(postgresql_server, autocommit=True) as administrator:
        ended = bell._connection.info.backend_pid
        administrator.execute("SELECT pg_terminate_backend(%s)", [ended])
        assert waited(bell, LONG) < LONG / 2
        administrator.execute("NOTIFY consentry")
        assert waited(bell, LONG) < LONG / 2
    bell.close()
    engine.dispose()
