from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.errors import LeaseLost
from bot.core.events import Event
from bot.core.queues import Lease
from bot.store.sealing import Sealer
from bot.store.store import Shelves, Store
from tests.core.examples import NOW
from tests.store.plans import plans_of, scans
from tests.store.racing import race

MINUTE = timedelta(minutes=1)
HISTORY = 100_000


def heard(number: int, room: str = "room") -> Event:
    return Event("messages", "created", f"message-{number}", room, "anna")


def put(store: Store, *events: Event) -> None:
    with store.begin() as work:
        for event in events:
            work.inbox.put(event, now=NOW)


def claim(store: Store, holder: str = "worker", after: timedelta = timedelta()) -> Lease | None:
    with store.begin() as work:
        claimed = work.inbox.claim(holder, now=NOW + after, lease=MINUTE)
    return claimed[0] if claimed else None


def claimed(store: Store, holder: str = "worker", after: timedelta = timedelta()) -> Lease:
    lease = claim(store, holder, after)
    assert lease
    return lease


def ids(store: Store, after: timedelta = timedelta()) -> list[str]:
    """Claim all there is and tell it by id."""
    with store.begin() as work:
        found = []
        while taken := work.inbox.claim("reader", now=NOW + after, lease=MINUTE):
            found.append(taken[1].id)
    return found


def test_a_key_that_was_put_before_is_kept_once(store: Store) -> None:
    with store.begin() as work:
        assert work.inbox.put(heard(1), now=NOW)
        assert not work.inbox.put(heard(1), now=NOW)
    assert ids(store) == ["message-1"]


def test_a_lane_is_worked_on_in_order_and_other_lanes_do_not_wait(store: Store) -> None:
    put(store, heard(1), heard(2), heard(3, "another room"))
    assert ids(store) == ["message-1", "message-3"]


def test_the_next_of_a_lane_comes_when_the_first_is_finished(store: Store) -> None:
    put(store, heard(1), heard(2), heard(3))
    first = claimed(store)
    with store.begin() as work:
        work.inbox.done(first, now=NOW)
    assert ids(store) == ["message-2"]


def test_what_is_parked_lets_its_lane_go_on(store: Store) -> None:
    put(store, heard(1), heard(2))
    first = claimed(store)
    with store.begin() as work:
        work.inbox.park(first, now=NOW, reason="nobody understands it")
    assert ids(store) == ["message-2"]


def test_what_is_retried_waits_its_time_and_its_lane_waits_with_it(store: Store) -> None:
    put(store, heard(1), heard(2))
    lease = claimed(store)
    with store.begin() as work:
        work.inbox.retry(lease, at=NOW + MINUTE, reason="Webex is busy")
    assert claim(store, after=MINUTE - timedelta(microseconds=1)) is None
    assert claimed(store, after=MINUTE).attempt == 2


def test_a_lease_that_is_over_is_taken_over_and_the_old_holder_is_told(store: Store) -> None:
    put(store, heard(1))
    old = claimed(store, "old")
    assert claim(store, "new", after=MINUTE - timedelta(microseconds=1)) is None
    new = claimed(store, "new", after=MINUTE)
    with pytest.raises(LeaseLost), store.begin() as work:
        work.inbox.done(old, now=NOW)
    with pytest.raises(LeaseLost), store.begin() as work:
        work.inbox.park(old, now=NOW, reason="too late")
    with pytest.raises(LeaseLost), store.begin() as work:
        work.inbox.retry(old, at=NOW, reason="too late")
    with store.begin() as work:
        work.inbox.done(new, now=NOW)


def test_a_holder_that_claimed_again_cannot_finish_under_its_first_lease(store: Store) -> None:
    put(store, heard(1))
    first = claimed(store)
    claimed(store, after=MINUTE)
    with pytest.raises(LeaseLost), store.begin() as work:
        work.inbox.done(first, now=NOW)


def test_nobody_finishes_under_the_lease_of_another(store: Store) -> None:
    put(store, heard(1))
    lease = claimed(store, "owner")
    with pytest.raises(LeaseLost, match="row 1 of the inbox"), store.begin() as work:
        work.inbox.done(replace(lease, holder="another"), now=NOW)


def test_a_late_holder_may_finish_what_nobody_took_over(store: Store) -> None:
    put(store, heard(1))
    lease = claimed(store)
    with store.begin() as work:
        work.inbox.done(lease, now=NOW + 5 * MINUTE)
    assert claim(store, after=9 * MINUTE) is None


def test_what_is_finished_cannot_be_finished_again(store: Store) -> None:
    put(store, heard(1))
    lease = claimed(store)
    with store.begin() as work:
        work.inbox.done(lease, now=NOW)
    with pytest.raises(LeaseLost), store.begin() as work:
        work.inbox.done(lease, now=NOW)


def test_a_transaction_that_fails_leaves_no_trace(store: Store) -> None:
    def put_and_fail() -> None:
        with store.begin() as work:
            work.inbox.put(heard(1), now=NOW)
            work.inbox.done(Lease("77", "nobody", NOW, 1), now=NOW)

    with pytest.raises(LeaseLost):
        put_and_fail()
    assert claim(store) is None


def test_what_waits_is_counted_until_it_is_finished(store: Store) -> None:
    put(store, heard(1), heard(2))
    lease = claimed(store)
    with store.reading() as work:
        assert work.inbox.waiting() == 2
    with store.begin() as work:
        work.inbox.done(lease, now=NOW)
        assert work.inbox.waiting() == 1


def test_of_two_workers_only_one_gets_a_row(store: Store) -> None:
    for number in range(10):
        put(store, heard(number, room=f"room-{number}"))
        leases = race(lambda name: claim(store, name))
        assert [bool(lease) for lease in leases].count(True) == 1


def test_two_workers_get_one_row_each_of_two_lanes(store: Store) -> None:
    for number in range(10):
        put(store, heard(2 * number, f"odd-{number}"), heard(2 * number + 1, f"even-{number}"))
        leases = race(lambda name: claim(store, name))
        assert len({lease.id for lease in leases if lease}) == 2


def test_of_two_deliveries_of_one_event_only_one_is_kept(store: Store) -> None:
    def deliver(_name: str) -> bool:
        with store.begin() as work:
            return work.inbox.put(heard(1), now=NOW)

    assert sorted(race(deliver)) == [False, True]


def test_a_worker_with_nothing_to_do_writes_nothing(store: Store, engine: Engine) -> None:
    put(store, heard(1))
    claimed(store)
    watched = {
        "sqlite": "PRAGMA data_version",
        "postgresql": "SELECT pg_current_wal_insert_lsn()",
    }[engine.dialect.name]
    with engine.connect() as watcher:
        before = watcher.exec_driver_sql(watched).scalar_one()
        watcher.rollback()
        assert claim(store) is None
        assert watcher.exec_driver_sql(watched).scalar_one() == before


def test_a_claim_stays_an_index_search_with_a_long_history(
    store: Store, engine: Engine, sealer: Sealer
) -> None:
    put(store, *(heard(number, f"room-{number % 7}") for number in range(50)))
    with engine.begin() as connection:
        connection.execute(_A_LONG_HISTORY)

    def work_on_one(work: Shelves) -> None:
        taken = work.inbox.claim("worker", now=NOW, lease=MINUTE)
        assert taken
        work.inbox.done(taken[0], now=NOW)

    plan = plans_of(engine, sealer, work_on_one)
    assert "ix_inbox_due" in plan
    assert scans(plan) == []


_A_LONG_HISTORY = text(f"""
    INSERT INTO inbox (key, lane, state, due_at, holder, attempts, created_at, finished_at, reason,
                       resource, event, id, room_id, person_id, at)
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {HISTORY})
    SELECT 'old-' || n, 'room-' || n % 7, 'done', due_at, '', 1, due_at, due_at, '',
           '', '', '', '', '', ''
    FROM numbers, (SELECT due_at FROM inbox LIMIT 1) AS anything
""")
