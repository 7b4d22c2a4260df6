from datetime import UTC, datetime, timedelta, timezone

from bot.emulator.clock import EmulatorClock, webex_time


def test_the_clock_is_moved_and_stays_moved() -> None:
    clock = EmulatorClock()
    before = clock()
    clock.move(timedelta(days=90))
    clock.move(timedelta(days=-1))
    assert timedelta(days=89) <= clock() - before < timedelta(days=89, minutes=1)
    assert clock.offset == timedelta(days=89)
    assert clock().tzinfo is UTC


def test_times_are_written_as_webex_writes_them() -> None:
    moment = datetime(2026, 11, 20, 12, 47, 0, 5000, tzinfo=timezone(timedelta(hours=2)))
    assert webex_time(moment) == "2026-11-20T10:47:00.005Z"
