from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.core.connections import Connection, State, Trouble
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from bot.flows.tokens import REFRESH_LEASE
from tests.core.examples import ANNA, DAY, HOUR, NOW, pair
from tests.flows.world import BEN, World, together

BUSY = Refusal(RefusalKind.PASSING, "HTTP 503")
GONE = Refusal(RefusalKind.GONE, "HTTP 400, invalid_request", tracking_id="ROUTER_1")
UNREADABLE = Refusal(RefusalKind.UNKNOWN, "HTTP 400")


def make_due(world: World) -> Connection:
    """Connect, and move the clock to where its refresh is due."""
    connection = world.connect()
    world.clock.move(10 * DAY)
    world.authority.tokens = replace(
        pair(), access=Secret("new-access"), refresh=Secret("new-refresh")
    )
    return connection


def test_nothing_is_refreshed_before_it_is_due(world: World) -> None:
    world.connect()
    assert not world.tokens.refresh_next("worker")
    assert world.authority.refreshed == []


def test_a_refresh_that_is_due_keeps_the_new_tokens(world: World) -> None:
    connection = make_due(world)
    assert world.tokens.refresh_next("worker")
    assert not world.tokens.refresh_next("worker")
    assert world.authority.refreshed == ["refresh-token"]
    assert world.kept(connection) == ["new-access", "new-refresh"]
    kept = world.connection()
    assert kept.refresh_ends_at == NOW + 100 * DAY
    assert kept.version > connection.version
    assert world.audit()[-1][:2] == ("consentry", "connection.refreshed")


def test_an_answer_without_a_refresh_token_keeps_the_old_one(world: World) -> None:
    connection = make_due(world)
    world.authority.tokens = pair(has_refresh=False)
    world.tokens.refresh_next("worker")
    assert world.kept(connection) == ["access-token", "refresh-token"]
    assert world.connection().has_refresh_planned


def test_many_workers_refresh_one_connection_once(world: World) -> None:
    connection = make_due(world)
    assert sorted(together(world.tokens.refresh_next, racers=6), key=bool) == [False] * 5 + [True]
    assert world.authority.refreshed == ["refresh-token"]
    assert world.kept(connection) == ["new-access", "new-refresh"]


def test_many_workers_share_many_connections(world: World) -> None:
    for person in (ANNA, BEN):
        world.connect(person)
    world.clock.move(10 * DAY)
    assert together(world.tokens.refresh_next) == [True, True]
    assert len(world.authority.refreshed) == 2


@pytest.mark.parametrize("refusal", [None, BUSY])
def test_the_next_refresh_need_not_wait_for_the_lease_of_the_last(
    world: World, refusal: Refusal | None
) -> None:
    make_due(world)
    world.authority.tokens = pair(REFRESH_LEASE / 2)
    world.authority.refusal = refusal
    assert world.tokens.refresh_next("worker")
    world.clock.move(REFRESH_LEASE / 2)
    assert world.tokens.refresh_next("another")


def test_a_worker_that_dies_is_followed_by_another_when_its_lease_is_over(world: World) -> None:
    make_due(world)

    def die() -> None:
        raise KeyboardInterrupt

    world.authority.meanwhile = die
    with pytest.raises(KeyboardInterrupt):
        world.tokens.refresh_next("dying")
    world.authority.meanwhile = lambda: None
    assert not world.tokens.refresh_next("other")
    world.clock.move(REFRESH_LEASE)
    assert world.tokens.refresh_next("other")
    assert world.connection().refreshed_at == world.clock()


@pytest.mark.parametrize(
    ("refusal", "state", "trouble"),
    [
        (BUSY, State.FAILING, Trouble.WEBEX),
        (GONE, State.NEEDS_CONSENT, Trouble.REFUSED),
        (UNREADABLE, State.FAILING, Trouble.REFUSED),
        (Refusal(RefusalKind.CLIENT, "HTTP 401"), State.FAILING, Trouble.CLIENT_SECRET),
    ],
)
def test_each_kind_of_refusal_leads_to_its_state(
    world: World, refusal: Refusal, state: State, trouble: Trouble
) -> None:
    connection = make_due(world)
    world.authority.refusal = refusal
    assert world.tokens.refresh_next("worker")
    assert not world.tokens.refresh_next("worker"), "it waits before it tries again"
    kept = world.connection()
    assert (kept.state, kept.trouble) == (state, trouble)
    assert world.kept(connection) == ["access-token", "refresh-token"]
    assert ("webex", "connection.refused", f"connection:{connection.id}") in world.audit()


def test_an_outage_of_a_day_costs_nobody_a_consent(world: World) -> None:
    make_due(world)
    world.authority.refusal = BUSY
    for _ in range(48):
        world.refresh_until_idle()
        world.clock.move(HOUR / 2)
    assert world.connection().state is State.FAILING
    world.authority.refusal = None
    world.clock.move(HOUR)
    assert world.refresh_until_idle() == 1
    assert world.connection().state is State.ACTIVE


def test_the_third_unreadable_refusal_in_a_row_asks_for_consent(world: World) -> None:
    make_due(world)
    world.authority.refusal = UNREADABLE
    states = []
    for _ in range(3):
        world.refresh_until_idle()
        states.append(world.connection().state)
        world.clock.move(HOUR)
    assert states == [State.FAILING, State.FAILING, State.NEEDS_CONSENT]
    assert world.refresh_until_idle() == 0


def test_a_disconnect_during_a_refresh_is_not_undone(world: World) -> None:
    connection = make_due(world)
    world.authority.meanwhile = world.disconnect
    assert world.tokens.refresh_next("worker")
    assert world.connection().state is State.REVOKED
    assert world.kept(connection) == [None, None]
    assert "connection.refreshed" not in [what for _, what, _ in world.audit()]


def test_a_refusal_after_a_disconnect_changes_nothing(world: World) -> None:
    make_due(world)
    world.authority.refusal = GONE
    world.authority.meanwhile = world.disconnect
    assert world.tokens.refresh_next("worker")
    assert world.connection().state is State.REVOKED
    assert "connection.refused" not in [what for _, what, _ in world.audit()]


@pytest.mark.parametrize("refusal", [None, GONE])
def test_a_consent_during_a_refresh_wins(world: World, refusal: Refusal | None) -> None:
    connection = make_due(world)
    state = world.state(world.ticket())
    fresh = replace(pair(), access=Secret("consented"), refresh=Secret("consented-refresh"))

    def consent() -> None:
        world.authority.meanwhile = lambda: None
        world.authority.refusal, world.authority.tokens = None, fresh
        world.finish(state)

    world.authority.refusal = refusal
    world.authority.meanwhile = consent
    assert world.tokens.refresh_next("worker")
    assert world.kept(connection) == ["consented", "consented-refresh"]
    assert world.connection().state is State.ACTIVE
    assert world.connection().consented_at == world.clock()
    world.clock.move(10 * DAY)
    assert world.tokens.refresh_next("other"), "the lease was let go"


def test_a_connection_whose_token_is_gone_needs_consent(world: World) -> None:
    connection = make_due(world)
    with world.store.begin() as work:
        work.connections.erase_tokens(connection.id)
    assert world.tokens.refresh_next("worker")
    assert world.authority.refreshed == []
    assert world.connection().state is State.NEEDS_CONSENT


def test_a_token_that_does_not_open_stops_no_other_and_tells_the_operator(world: World) -> None:
    broken = make_due(world)
    world.connect(BEN)
    world.clock.move(10 * DAY)
    with world.store.engine.begin() as database:
        swap = text("UPDATE connections SET refresh_token = access_token WHERE id = :id")
        database.execute(swap, {"id": broken.id})
    assert world.tokens.refresh_next("worker")
    assert world.tokens.refresh_next("worker")
    assert world.connection(BEN).refreshed_at == world.clock()
    assert world.connection(ANNA).state is State.FAILING
    with world.store.reading() as work:
        assert work.incidents.open(since=NOW) == {f"seal-broken:{broken.id}": 1}


def test_tokens_that_arrive_after_the_clock_ended_the_connection_are_kept(world: World) -> None:
    connection = make_due(world)
    world.authority.refusal = BUSY
    assert world.tokens.refresh_next("worker")
    world.clock.move(200 * DAY)
    world.authority.refusal = None

    def settle() -> None:
        with world.store.begin() as work:
            current = work.connections.get(connection.id)
            assert current is not None
            work.connections.save(current.settled(now=world.clock()), look_at=None)

    world.authority.meanwhile = settle
    assert world.tokens.refresh_next("worker")
    assert world.connection().state is State.ACTIVE
