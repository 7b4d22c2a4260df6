from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.core.reminders import AT_ONCE, Ending, Reminder
from bot.store.store import Store
from tests.core.examples import CALLING, DAY, NOW, connected, pair
from tests.store.racing import race

WEEK = Reminder(Ending.TOKENS, NOW + 7 * DAY, 7 * DAY)
THREE_DAYS = Reminder(Ending.TOKENS, NOW + 7 * DAY, 3 * DAY)
LOST = Reminder(Ending.NEEDS_CONSENT, NOW + timedelta(microseconds=1), AT_ONCE)
ANNA, ADMIN = "person:anna", "email:admin@example.com"


@pytest.fixture(autouse=True)
def connection(store: Store) -> None:
    with store.begin() as work:
        work.integrations.add(CALLING, now=NOW)
        work.connections.add(connected(), pair(), look_at=None)


def test_a_reminder_is_claimed_once_per_recipient_and_threshold(store: Store) -> None:
    with store.begin() as work:
        assert work.reminders.claim("c1", WEEK, ANNA, now=NOW)
        assert not work.reminders.claim("c1", WEEK, ANNA, now=NOW + DAY)
        assert work.reminders.claim("c1", WEEK, ADMIN, now=NOW)
        assert work.reminders.claim("c1", THREE_DAYS, ANNA, now=NOW)


def test_what_was_told_is_told_per_recipient(store: Store) -> None:
    with store.begin() as work:
        for reminder in (WEEK, LOST):
            work.reminders.claim("c1", reminder, ANNA, now=NOW)
        told = {(each.ending, each.at, each.threshold) for each in (WEEK, LOST)}
        assert work.reminders.told("c1", ANNA) == told
        assert work.reminders.told("c1", ADMIN) == frozenset()
        assert work.reminders.told("c2", ANNA) == frozenset()


def test_resolving_says_who_had_been_told_of_what_and_says_it_once(store: Store) -> None:
    with store.begin() as work:
        for reminder in (WEEK, THREE_DAYS, LOST):
            work.reminders.claim("c1", reminder, ANNA, now=NOW)
        work.reminders.claim("c1", LOST, ADMIN, now=NOW)
        assert work.reminders.resolve("c1", now=NOW) == {
            ANNA: {Ending.TOKENS, Ending.NEEDS_CONSENT},
            ADMIN: {Ending.NEEDS_CONSENT},
        }
        assert work.reminders.resolve("c1", now=NOW) == {}


def test_what_was_told_stays_told_when_it_is_resolved(store: Store) -> None:
    with store.begin() as work:
        work.reminders.claim("c1", WEEK, ANNA, now=NOW)
        work.reminders.resolve("c1", now=NOW)
        assert len(work.reminders.told("c1", ANNA)) == 1
        assert not work.reminders.claim("c1", WEEK, ANNA, now=NOW)


def test_of_two_sweeps_only_one_gives_a_warning(store: Store, engine: Engine) -> None:
    for days in range(1, 11):
        reminder = Reminder(Ending.TOKENS, NOW + 30 * DAY, days * DAY)

        def claim(_name: str, reminder: Reminder = reminder) -> bool:
            with store.begin() as work:
                return work.reminders.claim("c1", reminder, ANNA, now=NOW)

        assert sorted(race(claim)) == [False, True]
