"""The worker: wakes at once, survives faults, and ends when it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.core.errors import WebexBusy
from bot.core.events import Event
from bot.worker import DELIVERING, HEARING, Bell, Worker
from tests.stage import ANA, BOT, SAM, Stage, said_by_bot, staged

AT_ONCE = 0.5
_PATIENCE = 10.0


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as stage:
        yield stage


@pytest.fixture
def sqlite_stage(sqlite_url: str) -> Iterator[Stage]:
    with staged(sqlite_url) as stage:
        stage.register()
        yield stage


def test_what_was_committed_is_answered_at_once_without_waiting_for_a_tick(stage: Stage) -> None:
    times = 5
    stage.worker.start()
    try:
        until(lambda: stage.webex.state.webhooks)
        begun = time.monotonic()
        for number in range(1, times + 1):
            stage.control("speak", person=ANA, to=BOT, text="help")
            until(lambda wanted=number: len(said_by_bot(stage.webex, ANA)) == wanted)  # type: ignore[misc]  # the default binds
        assert (time.monotonic() - begun) / times < AT_ONCE
    finally:
        stage.worker.stop()


def test_stopping_ends_every_thread_soon_and_twice_does_no_harm(sqlite_stage: Stage) -> None:
    before = set(threading.enumerate())
    sqlite_stage.worker.start()
    ours = set(threading.enumerate()) - before
    assert len(ours) >= HEARING + DELIVERING + 2
    begun = time.monotonic()
    sqlite_stage.worker.stop()
    until(lambda: not [thread for thread in ours if thread.is_alive()])
    assert time.monotonic() - begun < 3
    sqlite_stage.worker.stop()


def test_a_worker_that_never_started_can_be_stopped(sqlite_stage: Stage) -> None:
    sqlite_stage.worker.stop()


def test_a_step_that_raises_does_not_end_its_thread(sqlite_stage: Stage) -> None:
    calls: dict[str, int] = {}

    def stumble(holder: str) -> bool:
        calls[holder] = calls.get(holder, 0) + 1
        if calls[holder] == 1:
            raise ValueError(holder)
        return False

    worker = like(sqlite_stage, hear=stumble)
    with capture_logs() as logged:
        worker.start()
        until(lambda: len(calls) == HEARING and min(calls.values()) > 1)
        worker.stop()
    faults = [line for line in logged if line["event"] == "worker.fault"]
    assert {line["what"] for line in faults} == {f"hear-{number}" for number in range(HEARING)}
    assert all(line["exc_info"] for line in faults)


def test_a_thread_rests_after_a_fault(sqlite_stage: Stage) -> None:
    calls = []

    def stumble(holder: str) -> bool:
        calls.append(holder)
        raise ValueError(holder)

    worker = like(sqlite_stage, hear=stumble)
    with capture_logs():
        worker.start()
        until(lambda: len(calls) == HEARING)
        time.sleep(0.2)
        worker.stop()
    assert len(calls) == HEARING


def test_a_bell_that_fails_is_not_rung_in_a_rush(sqlite_stage: Stage) -> None:
    bell = _BrokenBell()
    worker = like(sqlite_stage, bell=bell)
    with capture_logs() as logged:
        worker.start()
        until(lambda: bell.waits)
        time.sleep(0.2)
        worker.stop()
    assert bell.waits == 1
    assert bell.is_closed
    assert [line["what"] for line in logged if line["event"] == "worker.fault"] == ["bell"]


class _BrokenBell:
    waits = 0
    is_closed = False

    def wait(self, timeout_seconds: float) -> None:
        self.waits += 1
        raise ConnectionError

    def close(self) -> None:
        self.is_closed = True


def test_webex_being_away_is_one_line_without_a_trace(sqlite_stage: Stage) -> None:
    sqlite_stage.control("faults", path="/v1/webhooks", status=503, times=10)
    with capture_logs() as logged:
        sqlite_stage.worker.receive()
    (line,) = logged
    assert (line["event"], line["what"]) == ("worker.webex", "reception")
    assert "503" in line["why"]
    assert "exc_info" not in line


def test_a_busy_thread_does_not_sleep_between_two_pieces_of_work(sqlite_stage: Stage) -> None:
    pieces = iter(range(100))
    done = threading.Event()

    def one(_: str) -> bool:
        if next(pieces, None) is None:
            done.set()
            return False
        return True

    worker = like(sqlite_stage, hear=one)
    worker.start()
    assert done.wait(AT_ONCE)
    worker.stop()


def test_handled_events_are_forgotten_after_thirty_days_and_not_before(
    sqlite_stage: Stage,
) -> None:
    stage, event = sqlite_stage, Event("memberships", "deleted", "m1", room_id="r", person_id="p")
    with stage.consentry.store.begin() as work:
        assert work.inbox.put(event, now=stage.webex.clock())
    stage.worker.drain()
    for days, is_new in ((29, False), (2, True)):
        stage.webex.clock.move(timedelta(days=days))
        stage.worker.tidy()
        with stage.consentry.store.begin() as work:
            assert work.inbox.put(event, now=stage.webex.clock()) is is_new


def test_a_stopping_worker_begins_no_more_refreshes_and_warnings(sqlite_stage: Stage) -> None:
    sqlite_stage.connect(ANA)
    sqlite_stage.control("revoke", person=ANA)
    sqlite_stage.webex.clock.move(timedelta(days=20))
    worker = sqlite_stage.consentry.worker()
    worker.stop()
    worker.refresh()
    worker.remind()
    assert sqlite_stage.heard(SAM) == []
    with sqlite_stage.consentry.store.reading() as work:
        assert work.connections.all()[0].state == "active"
    sqlite_stage.play()
    assert len(sqlite_stage.heard(SAM)) == 1


def test_a_refresh_that_fails_in_our_own_code_ends_only_that_round(sqlite_stage: Stage) -> None:
    class Broken:
        def refresh_next(self, holder: str) -> bool:
            raise WebexBusy("Webex gave no answer.")

    worker = like(sqlite_stage, tokens=Broken())
    with capture_logs() as logged:
        worker.refresh()
        worker.remind()
    worker.stop()
    assert {line["what"] for line in logged} == {"refresh"}


def like(stage: Stage, *, bell: Bell | None = None, **other: object) -> Worker:
    """Build a worker like the stage's, with other duties or another bell."""
    mine = stage.consentry.worker()
    if bell is not None:
        mine._bell.close()
    return Worker(
        replace(mine._duties, **other),  # type: ignore[arg-type]  # what a test puts in its place
        bell=bell or mine._bell,
        clock=stage.webex.clock,
        sweep_seconds=3600,
    )


def until(is_so: Callable[[], object]) -> None:
    """Wait for it, but not for ever."""
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)
