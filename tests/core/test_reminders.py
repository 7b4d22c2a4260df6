from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.connections import Connection, State, Trouble
from bot.core.refusals import Refusal, RefusalKind
from bot.core.reminders import (
    AT_ONCE,
    Deadline,
    Ending,
    Reminder,
    Told,
    deadlines,
    due,
    foresee,
    is_for_administrators,
    is_left_to_administrators,
    next_look,
)
from tests.core.days import told_daily, told_each
from tests.core.examples import DAY, HOUR, NOW, THRESHOLDS, connected, pair

BUSY = Refusal(RefusalKind.PASSING, "HTTP 503")
GONE = Refusal(RefusalKind.GONE, "HTTP 400, invalid_request")
CLIENT = Refusal(RefusalKind.CLIENT, "HTTP 401")
NOTHING: Told = frozenset()

DAYS = st.integers(1, 60).map(lambda days: days * DAY)
WARN_BEFORE = st.sets(DAYS, min_size=1, max_size=6)


LIFE = st.none() | st.timedeltas(min_value=3 * DAY, max_value=400 * DAY)
BRIEF = st.none() | st.timedeltas(min_value=timedelta(minutes=1), max_value=400 * DAY)


@given(BRIEF, LIFE, WARN_BEFORE, st.sampled_from([timedelta(), DAY]))
def test_a_healthy_connection_is_never_warned_about(
    access: timedelta | None,
    refresh: timedelta | None,
    thresholds: set[timedelta],
    pause: timedelta,
) -> None:
    """Webex prolongs at each refresh, or (pause) only if the last time was a day ago."""
    connection, prolonged_at = connected(access, refresh), NOW
    for _ in range(30):
        now = connection.refresh_due_at
        assert now is not None
        assert connection.settled(now=now) is connection
        assert due(connection, thresholds=thresholds, told=NOTHING, now=now) is None
        if now - prolonged_at >= pause:
            prolonged_at = now
        left = refresh and prolonged_at + refresh - now
        assert left is None or left > timedelta(), "refreshed before the token was dead"
        connection = connection.refreshed(pair(access, left), now=now)
    assert list(deadlines(connection)) == []


FIXED_LIFE = st.timedeltas(min_value=30 * DAY, max_value=120 * DAY)
ACCESS_LIFE = st.timedeltas(min_value=HOUR, max_value=14 * DAY)


@given(ACCESS_LIFE, FIXED_LIFE, WARN_BEFORE)
@settings(deadline=None)
def test_a_deadline_that_refreshing_does_not_move_is_warned_about_in_order_once_each(
    access: timedelta, life: timedelta, thresholds: set[timedelta]
) -> None:
    connection, end, said = connected(access, life), NOW + life, list[Reminder]()
    now = NOW
    while now <= end + 15 * DAY:
        connection = connection.settled(now=now)
        if connection.refresh_due_at and connection.refresh_due_at <= now < end:
            connection = connection.refreshed(pair(access, end - now), now=now)
        elif connection.refresh_due_at and connection.refresh_due_at <= now:
            connection = connection.refused(GONE, now=now)
        told = frozenset((r.ending, r.at, r.threshold) for r in said)
        said += told_each(connection, thresholds, told, now)
        now += DAY / 2
    *warnings, ended = said
    fitting = sorted((t for t in thresholds if t * 2 <= life), reverse=True)
    assert warnings == [Reminder(Ending.TOKENS, end, threshold) for threshold in fitting]
    assert ended.ending in (Ending.NEEDS_CONSENT, Ending.EXPIRED)
    assert ended.threshold == AT_ONCE


@given(DAYS, WARN_BEFORE, st.timedeltas(min_value=timedelta(), max_value=60 * DAY))
def test_of_thresholds_slept_through_only_the_most_urgent_is_given(
    life: timedelta, thresholds: set[timedelta], slept: timedelta
) -> None:
    assume(slept < life)
    connection, now = connected(life, renews=False), NOW + slept
    said = list(told_each(connection, thresholds, NOTHING, now))
    passed = [t for t in thresholds if t * 2 <= life and now >= NOW + life - t]
    assert [reminder.threshold for reminder in said] == sorted(passed)[:1]


@given(
    DAYS,
    DAYS,
    st.none() | DAYS,
    WARN_BEFORE,
    st.integers(0, 70),
    st.sampled_from(["healthy", "manual", "fixed", "busy", "client", "gone", "revoked"]),
)
@settings(deadline=None, max_examples=300)
def test_the_forecast_is_what_living_through_the_days_will_say(
    access: timedelta,
    refresh: timedelta,
    box: timedelta | None,
    thresholds: set[timedelta],
    start: int,
    story: str,
) -> None:
    healthy = connected(access, refresh, box=box)
    connection = {
        "healthy": healthy,
        "manual": connected(access, refresh, renews=False, box=box),
        "fixed": replace(healthy, deadline_is_fixed=True),
        "busy": healthy.refused(BUSY, now=NOW),
        "client": healthy.refused(CLIENT, now=NOW),
        "gone": healthy.refused(GONE, now=NOW),
        "revoked": healthy.revoked(now=NOW),
    }[story]
    now = NOW + start * DAY
    until = now + 130 * DAY
    foreseen = foresee(connection, thresholds=thresholds, told=NOTHING, now=now, until=until)
    assert list(foreseen) == told_daily(connection, thresholds, now, 130)


def test_the_forecast_leaves_out_what_was_said_before() -> None:
    connection = connected(14 * DAY, renews=False)
    said: Told = frozenset({(Ending.TOKENS, NOW + 14 * DAY, 7 * DAY)})
    foreseen = foresee(
        connection, thresholds=THRESHOLDS, told=said, now=NOW + 8 * DAY, until=NOW + 12 * DAY
    )
    assert [(at, reminder.threshold) for at, reminder in foreseen] == [(NOW + 11 * DAY, 3 * DAY)]


TOKENS_14 = Deadline(Ending.TOKENS, NOW + 14 * DAY, 14 * DAY)
TOKENS_90 = Deadline(Ending.TOKENS, NOW + 90 * DAY, 90 * DAY)
BOX_30 = Deadline(Ending.TIME_BOX, NOW + 30 * DAY, 30 * DAY)
FIXED = replace(connected(), deadline_is_fixed=True)

CASES: dict[str, tuple[Connection, list[Deadline]]] = {
    "healthy": (connected(), []),
    "manual": (connected(renews=False), [TOKENS_14]),
    "no refresh token": (connected(has_refresh=False), [TOKENS_14]),
    "manual, end unknown": (connected(None, renews=False), []),
    "fixed": (FIXED, [TOKENS_90]),
    "failing": (connected().refused(BUSY, now=NOW), [TOKENS_90]),
    "failing, end unknown": (connected(refresh=None).refused(BUSY, now=NOW), []),
    "time box": (connected(box=30 * DAY), [BOX_30]),
    "time box before the tokens": (replace(FIXED, ends_at=NOW + 30 * DAY), [BOX_30]),
    "tokens before the time box": (
        connected(renews=False, box=30 * DAY),
        [BOX_30, TOKENS_14],
    ),
    "needs consent": (
        connected().refused(GONE, now=NOW + DAY),
        [Deadline(Ending.NEEDS_CONSENT, NOW + DAY, AT_ONCE)],
    ),
    "expired": (
        connected(renews=False).settled(now=NOW + 20 * DAY),
        [Deadline(Ending.EXPIRED, NOW + 20 * DAY, AT_ONCE)],
    ),
    "disconnected": (connected(box=30 * DAY).revoked(now=NOW + DAY), []),
    "time box over": (
        connected(box=30 * DAY).settled(now=NOW + 30 * DAY),
        [Deadline(Ending.REVOKED, NOW + 30 * DAY, AT_ONCE)],
    ),
}


@pytest.mark.parametrize(("connection", "expected"), CASES.values(), ids=CASES)
def test_only_a_deadline_that_nothing_will_move_is_a_deadline(
    connection: Connection, expected: list[Deadline]
) -> None:
    assert list(deadlines(connection)) == expected


def test_a_threshold_is_passed_at_its_very_moment_and_not_before() -> None:
    connection = connected(14 * DAY, renews=False)
    early = NOW + 7 * DAY - timedelta(microseconds=1)
    assert due(connection, thresholds=THRESHOLDS, told=NOTHING, now=early) is None
    reminder = due(connection, thresholds=THRESHOLDS, told=NOTHING, now=NOW + 7 * DAY)
    assert reminder == Reminder(Ending.TOKENS, NOW + 14 * DAY, 7 * DAY)


def test_what_has_already_happened_is_said_without_any_threshold() -> None:
    gone = connected().refused(GONE, now=NOW)
    assert due(gone, thresholds=(), told=NOTHING, now=NOW) == Reminder(
        Ending.NEEDS_CONSENT, NOW, AT_ONCE
    )


@pytest.mark.parametrize(
    ("connection", "now", "looked_at"),
    [
        (connected(14 * DAY, renews=False), NOW, NOW + 7 * DAY),
        (connected(14 * DAY, renews=False), NOW + 7 * DAY, NOW + 11 * DAY),
        (connected(14 * DAY, renews=False), NOW + 13 * DAY, NOW + 14 * DAY),
        (connected(14 * DAY, renews=False), NOW + 14 * DAY, None),
        (connected(box=5 * DAY), NOW + 4 * DAY, NOW + 5 * DAY),
        (connected(box=5 * DAY).refused(GONE, now=NOW), NOW, NOW + 5 * DAY),
        (connected(), NOW, NOW + 90 * DAY),
        (connected(None, None), NOW, None),
        (connected(box=5 * DAY).revoked(now=NOW), NOW, None),
    ],
)
def test_the_next_look_is_when_the_next_thing_can_happen(
    connection: Connection, now: datetime, looked_at: datetime | None
) -> None:
    assert next_look(connection, thresholds=THRESHOLDS, now=now) == looked_at


@pytest.mark.parametrize(
    ("days", "thresholds", "is_theirs"),
    [
        (14, THRESHOLDS, False),
        (7, THRESHOLDS, False),
        (3, THRESHOLDS, True),
        (1, THRESHOLDS, True),
        (0, THRESHOLDS, True),
        (7, (7 * DAY,), True),
        (0, (), True),
    ],
)
def test_administrators_hear_of_it_from_the_last_threshold_but_one(
    days: int, thresholds: tuple[timedelta, ...], is_theirs: bool
) -> None:
    reminder = Reminder(Ending.TOKENS, NOW, days * DAY)
    assert is_for_administrators(reminder, thresholds=thresholds) is is_theirs


@pytest.mark.parametrize("trouble", Trouble)
def test_people_are_left_alone_only_about_a_wrong_client_secret(trouble: Trouble) -> None:
    connection = replace(connected(), state=State.FAILING, trouble=trouble)
    assert is_left_to_administrators(connection) is (trouble is Trouble.CLIENT_SECRET)
