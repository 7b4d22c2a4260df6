from __future__ import annotations

import base64
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.connections import Connection
from bot.core.errors import Overtaken, SealBroken
from bot.core.people import Person
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from bot.store.sealing import Sealer
from bot.store.store import Store
from tests.core.examples import CALLING, DAY, HOUR, NOW, connected, pair
from tests.store.plans import plans_of, scans
from tests.store.racing import race

MINUTE = timedelta(minutes=1)
MANY = 20_000


@pytest.fixture(autouse=True)
def integrations(store: Store) -> None:
    with store.begin() as work:
        work.integrations.add(CALLING, now=NOW)
        work.integrations.add(replace(CALLING, slug="other"), now=NOW)


def numbered(number: int, **changes: object) -> Connection:
    anna = replace(connected(), id=f"c{number}", subject=f"person:{number}")
    return replace(anna, **changes)  # type: ignore[arg-type]  # the tests name the fields


def add(store: Store, *connections: Connection) -> None:
    with store.begin() as work:
        for connection in connections:
            work.connections.add(connection, pair(), look_at=connection.refresh_due_at)


def claim(store: Store, holder: str = "worker", after: timedelta = timedelta()) -> str | None:
    with store.begin() as work:
        found = work.connections.claim_refresh(holder, now=NOW + after, lease=MINUTE)
    return found.id if found else None


FULL = replace(
    connected(box=30 * DAY),
    person=Person("anna-id", "anna@example.com", "Anna", "org"),
    requested=("a", "b"),
    granted=("b",),
    deadline_is_fixed=True,
    refreshed_at=NOW + HOUR,
    version=7,
).refused(Refusal(RefusalKind.CLIENT, "wrong secret"), now=NOW + HOUR)


@pytest.mark.parametrize(
    "connection",
    [connected(), connected(None, None, has_refresh=False), connected().revoked(now=NOW), FULL],
)
def test_a_connection_comes_out_as_it_went_in(store: Store, connection: Connection) -> None:
    add(store, connection)
    with store.reading() as work:
        assert work.connections.get("c1") == connection
        assert work.connections.find("calling", connection.subject) == connection


def test_what_is_not_there_is_not_found(store: Store) -> None:
    add(store, connected())
    with store.reading() as work:
        assert work.connections.get("c2") is None
        assert work.connections.find("other", connected().subject) is None
        assert work.connections.access_token("c2") is None


def test_a_person_is_found_in_either_spelling_of_the_id(store: Store) -> None:
    uuid = "3f2a1c54-0000-4000-8000-000000000001"
    spelled = base64.urlsafe_b64encode(f"ciscospark://us/PEOPLE/{uuid}".encode()).decode()
    mine = numbered(1, person=Person(spelled.rstrip("="), "anna@example.com"))
    add(store, mine, numbered(2))
    with store.reading() as work:
        assert work.connections.of_person(uuid) == [mine]
        assert work.connections.of_person(spelled) == [mine]


def test_connections_are_listed_by_what_ends_first(store: Store) -> None:
    late, soon = numbered(1, refresh_ends_at=NOW + 80 * DAY), numbered(2, ends_at=NOW + DAY)
    never = numbered(3, access_ends_at=None, refresh_ends_at=None)
    elsewhere = numbered(4, integration="other")
    add(store, never, late, elsewhere, soon)
    with store.reading() as work:
        assert work.connections.all() == [soon, late, elsewhere, never]
        assert work.connections.of_integration("calling") == [soon, late, never]


def test_connections_are_counted_by_state(store: Store) -> None:
    add(store, numbered(1), numbered(2), numbered(3).revoked(now=NOW))
    with store.reading() as work:
        assert work.connections.count() == {"active": 2, "revoked": 1}


def test_of_two_changes_to_one_version_the_second_is_refused(store: Store) -> None:
    add(store, connected())
    with store.begin() as work:
        first = second = work.connections.all()[0]
        work.connections.save(replace(first, failures=1), look_at=None)
        with pytest.raises(Overtaken):
            work.connections.save(replace(second, failures=2), look_at=None)
        found = work.connections.get("c1")
    assert found == replace(first, failures=1, version=1)


def test_new_tokens_replace_the_old_and_a_missing_refresh_token_keeps_the_old(
    store: Store,
) -> None:
    add(store, connected())
    newer = replace(pair(has_refresh=False), access=Secret("newer-access"))
    with store.begin() as work:
        work.connections.save(connected(), look_at=None, tokens=newer)
        assert work.connections.access_token("c1") == Secret("newer-access")
        assert work.connections.refresh_token("c1") == Secret("refresh-token")
        both = replace(newer, refresh=Secret("newer-refresh"))
        work.connections.save(replace(connected(), version=1), look_at=None, tokens=both)
        assert work.connections.refresh_token("c1") == Secret("newer-refresh")


def test_a_change_that_is_refused_leaves_the_tokens(store: Store) -> None:
    add(store, connected())
    stale = replace(connected(), version=5)
    with store.begin() as work:
        with pytest.raises(Overtaken):
            work.connections.save(stale, look_at=None, tokens=pair())
        assert work.connections.access_token("c1") == pair().access


def test_erased_tokens_are_gone(store: Store) -> None:
    add(store, connected())
    with store.begin() as work:
        work.connections.erase_tokens("c1")
        assert work.connections.access_token("c1") is None
        assert work.connections.refresh_token("c1") is None


@pytest.mark.parametrize(
    "swap",
    [
        "access_token = (SELECT refresh_token FROM connections WHERE id = 'c1')",
        "access_token = (SELECT access_token FROM connections WHERE id = 'c2')",
    ],
)
def test_a_token_that_was_moved_does_not_open(store: Store, engine: Engine, swap: str) -> None:
    add(store, numbered(1), numbered(2))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE connections SET {swap} WHERE id = 'c1'"))
    with store.reading() as work:
        with pytest.raises(SealBroken, match=r"connections\.access_token of c1"):
            work.connections.access_token("c1")
        assert work.connections.access_token("c2") == pair().access


def test_what_is_due_is_claimed_for_a_refresh_the_longest_overdue_first(store: Store) -> None:
    soon, sooner = (numbered(n, refresh_due_at=NOW - n * HOUR) for n in (1, 2))
    add(store, soon, sooner, numbered(3, refresh_due_at=NOW + HOUR), numbered(4))
    assert [claim(store) for _ in range(3)] == ["c2", "c1", None]


def test_what_is_over_is_not_refreshed(store: Store) -> None:
    add(store, replace(numbered(1).revoked(now=NOW), refresh_due_at=NOW))
    assert claim(store) is None


def test_a_claim_ends_with_its_lease_or_when_its_holder_lets_go(store: Store) -> None:
    add(store, numbered(1, refresh_due_at=NOW))
    assert claim(store, "first") == "c1"
    with store.begin() as work:
        work.connections.release("c1", "second")
    assert claim(store, "second", after=MINUTE / 2) is None
    assert claim(store, "second", after=MINUTE) == "c1"
    with store.begin() as work:
        work.connections.release("c1", "first")
        assert work.connections.claim_refresh("third", now=NOW + MINUTE, lease=MINUTE) is None
        work.connections.release("c1", "second")
    assert claim(store, "third", after=MINUTE) == "c1"


def test_of_two_workers_only_one_refreshes_a_connection(store: Store) -> None:
    for number in range(10):
        add(store, numbered(number, refresh_due_at=NOW))
        assert race(lambda name: claim(store, name)).count(None) == 1


def test_a_look_is_planned_without_touching_the_version(store: Store) -> None:
    due = [numbered(number, refresh_due_at=NOW - number * HOUR) for number in range(4)]
    add(store, *due)
    with store.begin() as work:
        for number, at in ((3, None), (2, NOW + HOUR)):
            work.connections.look_again(due[number].id, at=at)
        assert work.connections.to_look_at(now=NOW, most=10) == [due[1], due[0]]
        assert work.connections.to_look_at(now=NOW, most=1) == [due[1]]
        assert {connection.version for connection in work.connections.all()} == {0}


def test_who_holds_a_connection_keeps_others_from_changing_it(store: Store) -> None:
    add(store, connected())

    def count_one_more(_: str) -> None:
        with store.begin() as work:
            held = work.connections.hold("c1")
            assert held
            time.sleep(0.05)
            work.connections.save(replace(held, failures=held.failures + 1), look_at=None)

    race(count_one_more)
    with store.reading() as work:
        assert work.connections.all()[0].failures == 2


def test_finding_what_is_due_among_many_is_an_index_search(
    store: Store, engine: Engine, sealer: Sealer
) -> None:
    add(store, connected())
    with engine.begin() as connection:
        connection.execute(_MANY_OTHERS)
    later = NOW + 20 * DAY
    plan = plans_of(
        engine,
        sealer,
        lambda work: (
            work.connections.claim_refresh("worker", now=later, lease=MINUTE),
            work.connections.to_look_at(now=later, most=10),
        ),
    )
    assert "ix_connections_refresh_due_at" in plan
    assert "ix_connections_look_at" in plan
    assert scans(plan) == []


_COLUMNS = """person_id, person_email, person_name, person_org_id, integration, person_key,
    requested, granted, renews, state, state_since, consented_at, access_set_at, deadline_is_fixed,
    failures, trouble, version, refresh_due_at, look_at"""
_MANY_OTHERS = text(f"""
    INSERT INTO connections (id, subject, {_COLUMNS})
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {MANY})
    SELECT 'other-' || n, 'person:other-' || n, {_COLUMNS}
    FROM numbers, (SELECT * FROM connections LIMIT 1) AS anything
""")
