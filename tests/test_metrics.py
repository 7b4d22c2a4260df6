"""What operators can watch: read from the store at each scrape, or counted as it happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prometheus_client import generate_latest

from bot.core.events import Event
from bot.core.messages import Message, to_email, to_room
from bot.metrics import Metrics
from bot.store.store import Store
from tests.fakes import FakeClock

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def scraped(metrics: Metrics) -> list[str]:
    return generate_latest(metrics.registry).decode().splitlines()


def test_an_empty_store_has_nothing_waiting_and_no_faults(store: Store) -> None:
    lines = scraped(Metrics(store, FakeClock(NOW)))
    assert 'consentry_waiting{where="inbox"} 0.0' in lines
    assert 'consentry_waiting{where="outbox"} 0.0' in lines
    assert not [line for line in lines if line.startswith("consentry_incidents{")]


def test_each_scrape_tells_how_the_store_is_now(store: Store) -> None:
    metrics = Metrics(store, FakeClock(NOW))
    scraped(metrics)
    with store.begin() as work:
        work.inbox.put(Event("messages", "created", "1", room_id="r"), now=NOW)
        work.outbox.put(Message(to_email("ana@northwind.example"), "hello"), now=NOW)
        work.outbox.put(Message(to_email("ben@northwind.example"), "hello"), now=NOW)
        work.incidents.happened("signature", now=NOW, times=7)
    lines = scraped(metrics)
    assert 'consentry_waiting{where="inbox"} 1.0' in lines
    assert 'consentry_waiting{where="outbox"} 2.0' in lines
    assert 'consentry_incidents{what="signature"} 7.0' in lines


def test_a_fault_that_did_not_happen_again_for_a_day_is_no_longer_told(store: Store) -> None:
    clock = FakeClock(NOW)
    with store.begin() as work:
        work.incidents.happened("signature", now=NOW)
    for hours, is_told in ((23, True), (2, False)):
        clock.move(timedelta(hours=hours))
        lines = scraped(Metrics(store, clock))
        assert ('consentry_incidents{what="signature"} 1.0' in lines) is is_told


def test_messages_that_may_have_appeared_twice_are_counted_for_all_processes(store: Store) -> None:
    with store.begin() as work:
        work.outbox.put(Message(to_room("space"), "hello"), now=NOW)
        claimed = work.outbox.claim("worker", now=NOW, lease=timedelta(minutes=1))
        assert claimed
        work.outbox.sent(claimed[0], message_id="m", now=NOW, is_repeat=True)
    for _ in range(2):
        assert "consentry_messages_sent_in_doubt 1.0" in scraped(Metrics(store, FakeClock(NOW)))


def test_a_process_tells_of_itself_too(store: Store) -> None:
    lines = scraped(Metrics(store, FakeClock(NOW)))
    assert any(line.startswith("process_") for line in lines)
