from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.connections import State, Trouble
from bot.core.errors import BadInput, UnknownIntegration, WebexFailed
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from tests.core.examples import ANNA, CALLING, DAY, HOUR, NOW
from tests.flows.world import ADMIN, BEN, SPACE, TO_ANNA, World, together

WRONG = Refusal(RefusalKind.CLIENT, "HTTP 401")
TOLD = [(ADMIN, "secret refused calling"), (SPACE, "secret refused calling")]
INCIDENT = "client-secret:calling"


def replace_secret(world: World, secret: str = "new-secret") -> None:
    with world.store.begin() as work:
        world.integrations.replace_secret(work, "calling", Secret(secret), who="operator")


def test_a_refused_secret_is_marked_and_told_once_however_often_it_happens(world: World) -> None:
    for _ in range(3):
        world.client_secrets.refused(world.integration())
    assert world.integration().secret_refused_at == NOW
    assert world.heard() == TOLD
    assert world.incidents() == {INCIDENT: 3}


def test_two_that_are_refused_at_once_tell_once(world: World) -> None:
    integration = world.integration()
    got = together(lambda _: world.client_secrets.refused(integration))
    assert got == [None, None]
    assert world.heard() == TOLD


def test_an_accepted_secret_closes_the_fault_and_the_next_refusal_is_news(world: World) -> None:
    world.client_secrets.refused(world.integration())
    world.client_secrets.accepted(world.integration())
    assert world.integration().secret_refused_at is None
    assert world.incidents() == {}
    world.client_secrets.refused(world.integration())
    assert world.heard() == TOLD + TOLD


def test_accepting_a_secret_that_was_never_refused_writes_nothing(world: World) -> None:
    with pytest.raises(UnknownIntegration):
        world.client_secrets.accepted(replace(CALLING, slug="unknown", secret_refused_at=NOW))
    world.client_secrets.accepted(replace(CALLING, slug="unknown"))


def test_people_are_left_alone_until_a_new_secret_takes_their_refreshes_up(world: World) -> None:
    world.connect(ANNA)
    world.connect(BEN)
    world.authority.refusal = WRONG
    world.let_pass(20 * DAY)
    assert world.heard() == TOLD
    for person in (ANNA, BEN):
        failing = world.connection(person)
        assert (failing.state, failing.trouble) == (State.FAILING, Trouble.CLIENT_SECRET)

    world.authority.refusal = None
    replace_secret(world)
    assert world.refresh_until_idle() == 2
    world.reminders.tell_due()
    assert [world.connection(person).state for person in (ANNA, BEN)] == [State.ACTIVE] * 2
    assert world.heard() == []
    assert world.incidents() == {}


def test_without_a_new_secret_only_administrators_hear_of_the_end(world: World) -> None:
    world.connect()
    world.authority.refusal = WRONG
    world.let_pass(100 * DAY)
    assert world.connection().state is State.EXPIRED
    assert {to for to, _ in world.heard()} == {ADMIN, SPACE}


def test_a_secret_that_works_again_by_itself_is_noticed_by_the_next_refresh(world: World) -> None:
    world.connect()
    world.authority.refusal = WRONG
    world.let_pass(10 * DAY)
    world.authority.refusal = None
    world.let_pass(HOUR)
    assert world.connection().state is State.ACTIVE
    assert world.integration().secret_refused_at is None
    assert world.incidents() == {}


def test_a_secret_replaced_while_webex_refuses_the_old_one_stays(world: World) -> None:
    world.connect()
    world.authority.refusal = WRONG
    world.authority.meanwhile = lambda: replace_secret(world)
    world.clock.move(10 * DAY)
    assert world.tokens.refresh_next("worker")
    kept = world.integration()
    assert kept.client_secret == Secret("new-secret")
    assert kept.secret_refused_at is None
    assert world.heard() == []


def test_a_secret_replaced_while_webex_accepts_the_old_one_stays(world: World) -> None:
    world.connect()
    world.client_secrets.refused(world.integration())
    world.authority.meanwhile = lambda: replace_secret(world)
    world.clock.move(10 * DAY)
    assert world.tokens.refresh_next("worker")
    assert world.integration().client_secret == Secret("new-secret")


def test_a_refused_client_secret_is_told_to_the_administrators_too(world: World) -> None:
    world.authority.refusal = WRONG
    state = world.state(world.ticket())
    with pytest.raises(WebexFailed):
        world.finish(state)
    assert {to for to, _ in world.heard()} == {TO_ANNA, ADMIN, SPACE}
    with pytest.raises(BadInput, match="out of order"):
        world.ticket()


def test_the_forecast_of_an_operators_trouble_is_for_administrators(world: World) -> None:
    world.change(world.connect().refused(WRONG, now=NOW))
    assert {one.recipients for one in world.reminders.forecast(80)} == {(ADMIN, SPACE)}
