from datetime import timedelta

import pytest

from bot.core.events import Event
from bot.store.store import Store
from tests.core.examples import DAY, NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "event",
    [
        Event("messages", "created", "m1", "room", "anna"),
        Event("memberships", "deleted", "m2"),
    ],
)
def test_an_event_comes_out_as_it_went_in(store: Store, event: Event) -> None:
    with store.begin() as work:
        work.inbox.put(event, now=NOW)
        claimed = work.inbox.claim("worker", now=NOW, lease=MINUTE)
    assert claimed
    lease, found = claimed
    assert found == event
    assert (lease.holder, lease.until, lease.attempt) == ("worker", NOW + MINUTE, 1)


def test_events_without_a_space_do_not_wait_for_each_other(store: Store) -> None:
    with store.begin() as work:
        for number in range(2):
            work.inbox.put(Event("memberships", "deleted", f"m{number}"), now=NOW)
        assert work.inbox.claim("worker", now=NOW, lease=MINUTE)
        assert work.inbox.claim("worker", now=NOW, lease=MINUTE)


def test_handled_events_are_forgotten_and_parked_ones_are_not(store: Store) -> None:
    with store.begin() as work:
        for number in range(3):
            work.inbox.put(Event("messages", "created", f"m{number}", f"room-{number}"), now=NOW)
        done, parked = (work.inbox.claim("worker", now=NOW, lease=MINUTE) for _ in range(2))
        assert done
        assert parked
        work.inbox.done(done[0], now=NOW)
        work.inbox.park(parked[0], now=NOW, reason="nonsense")
    assert store.forget(before=NOW) == 0
    assert store.forget(before=NOW + DAY) == 1
    assert store.forget(before=NOW + DAY) == 0
    with store.begin() as work:
        assert work.inbox.waiting() == 1
        assert not work.inbox.put(Event("messages", "created", "m1", "room-1"), now=NOW)
