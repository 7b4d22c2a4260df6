from datetime import UTC, datetime, timedelta

from bot.store.store import Store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_lease_has_one_holder_who_may_prolong_it(store: Store) -> None:
    with store.begin() as work:
        assert work.leases.take("sweep", "first", now=NOW, lasts=MINUTE)
        assert not work.leases.take("sweep", "second", now=NOW, lasts=MINUTE)
        assert work.leases.take("sweep", "first", now=NOW + MINUTE / 2, lasts=MINUTE)
        assert not work.leases.take("sweep", "second", now=NOW + MINUTE, lasts=MINUTE)
        assert work.leases.take("forget", "second", now=NOW, lasts=MINUTE)


def test_a_lease_that_is_over_can_be_taken_by_another(store: Store) -> None:
    with store.begin() as work:
        work.leases.take("sweep", "first", now=NOW, lasts=MINUTE)
        assert work.leases.take("sweep", "second", now=NOW + MINUTE, lasts=MINUTE)
        assert not work.leases.take("sweep", "first", now=NOW + MINUTE, lasts=MINUTE)
