from bot.store.store import Store
from tests.core.examples import DAY, NOW
from tests.store.racing import race


def test_an_incident_is_new_once_and_then_counted(store: Store) -> None:
    with store.begin() as work:
        assert work.incidents.happened("forged", now=NOW, times=3)
        assert not work.incidents.happened("forged", now=NOW + DAY, times=2)
        assert work.incidents.happened("secret:calling", now=NOW + DAY)
        assert work.incidents.open(since=NOW) == {"forged": 5, "secret:calling": 1}


def test_an_incident_that_is_over_can_happen_anew(store: Store) -> None:
    with store.begin() as work:
        work.incidents.happened("forged", now=NOW)
        assert work.incidents.over("forged")
        assert not work.incidents.over("forged")
        assert work.incidents.open(since=NOW) == {}
        assert work.incidents.happened("forged", now=NOW)


def test_of_two_who_see_an_incident_only_one_tells_and_both_count(store: Store) -> None:
    def happened(_name: str) -> bool:
        with store.begin() as work:
            return work.incidents.happened("forged", now=NOW)

    assert sorted(race(happened)) == [False, True]
    with store.reading() as work:
        assert work.incidents.open(since=NOW) == {"forged": 2}
