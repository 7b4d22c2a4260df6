from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.consent import ATTEMPT_LIVES, TICKET_LIVES, Attempt, Ticket
from bot.core.errors import SealBroken
from bot.core.people import Person
from bot.core.secrets import Secret, fingerprint
from bot.store.store import Store
from tests.core.examples import NOW
from tests.store.racing import race

TICKET = Ticket(
    fingerprint("ticket"),
    "calling",
    Person("anna-id", "anna@example.com", "Anna", "org"),
    ("spark:calls_read", "spark:kms"),
    NOW + TICKET_LIVES,
)
SECOND = timedelta(seconds=1)


def attempt(number: int = 1) -> Attempt:
    return Attempt(
        fingerprint(f"state-{number}"),
        TICKET.fingerprint,
        fingerprint("browser"),
        Secret(f"verifier-{number}"),
        NOW + ATTEMPT_LIVES,
    )


def opened(store: Store, *attempts: Attempt) -> None:
    with store.begin() as work:
        work.tickets.add(TICKET)
        for each in attempts:
            work.tickets.open(each)


def test_a_ticket_comes_out_as_it_went_in(store: Store) -> None:
    opened(store)
    with store.reading() as work:
        assert work.tickets.find(TICKET.fingerprint) == TICKET
        assert work.tickets.find(fingerprint("another")) is None


def test_each_opening_is_counted_and_taken_once(store: Store) -> None:
    opened(store, attempt(1), attempt(2))
    with store.begin() as work:
        found = work.tickets.find(TICKET.fingerprint)
        assert found
        assert found.attempts == 2
        assert work.tickets.take(attempt(2).state) == attempt(2)
        assert work.tickets.take(attempt(2).state) is None
        assert work.tickets.take(attempt(1).state) == attempt(1)


def test_a_ticket_is_used_up_once(store: Store) -> None:
    opened(store)
    with store.begin() as work:
        assert work.tickets.use_up(TICKET.fingerprint, now=NOW)
        assert not work.tickets.use_up(TICKET.fingerprint, now=NOW + SECOND)
        found = work.tickets.find(TICKET.fingerprint)
        assert found
        assert found.used_at == NOW
        assert not work.tickets.use_up("unknown", now=NOW)


def test_of_two_callbacks_with_one_state_only_one_gets_it(store: Store) -> None:
    opened(store, *map(attempt, range(10)))

    for number in range(10):
        wanted = attempt(number)

        def take(_name: str, state: str = wanted.state) -> Attempt | None:
            with store.begin() as work:
                return work.tickets.take(state)

        assert [taken for taken in race(take) if taken] == [wanted]


def test_of_two_callers_only_one_uses_a_ticket_up(store: Store) -> None:
    opened(store)

    def use_up(_name: str) -> bool:
        with store.begin() as work:
            return work.tickets.use_up(TICKET.fingerprint, now=NOW)

    assert sorted(race(use_up)) == [False, True]


def test_what_expired_is_forgotten_and_what_did_not_is_kept(store: Store) -> None:
    opened(store, attempt())
    with store.begin() as work:
        assert work.tickets.forget(before=TICKET.expires_at) == 0
        assert work.tickets.forget(before=TICKET.expires_at + SECOND) == 1
        assert work.tickets.forget(before=NOW + ATTEMPT_LIVES + SECOND) == 1
        assert work.tickets.take(attempt().state) is None


def test_a_verifier_of_another_opening_does_not_open(store: Store, engine: Engine) -> None:
    opened(store, attempt(1), attempt(2))
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE attempts SET verifier = (SELECT MIN(verifier) FROM attempts"
                " WHERE state = :other)"
            ),
            {"other": attempt(1).state},
        )
    with store.begin() as work:
        assert work.tickets.take(attempt(1).state) == attempt(1)
    with pytest.raises(SealBroken), store.begin() as work:
        work.tickets.take(attempt(2).state)
