from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.connections import State
from bot.core.errors import AnswerUnknown, BadInput, LinkUsed, Overtaken, UnknownIntegration
from bot.core.integrations import Renewal
from bot.core.refusals import Refusal, RefusalKind
from bot.flows.connections import change, subject_of, topic_of
from tests.core.examples import ANNA, CALLING, DAY, NOW, pair
from tests.flows.world import ADMIN, BEN, SPACE, TO_ANNA, World, together

GONE = Refusal(RefusalKind.GONE, "HTTP 400")


def test_a_person_sees_their_own_connections_that_are_not_over(world: World) -> None:
    world.register(replace(CALLING, slug="second", name="Second"))
    mine = world.connect()
    world.connect(BEN)
    world.connect(ANNA, "second")
    with world.store.begin() as work:
        world.connections.disconnect(work, ANNA, "second")
        assert world.connections.of(work, ANNA) == [(mine, CALLING)]
        assert world.connections.find(work, ANNA, "calling") == (mine, CALLING)


def test_what_is_not_there_is_not_found(world: World) -> None:
    with world.store.begin() as work:
        with pytest.raises(BadInput, match="no connection with Calling Assistant"):
            world.connections.find(work, ANNA, "calling")
        with pytest.raises(UnknownIntegration):
            world.connections.find(work, ANNA, "nowhere")
        assert world.connections.of(work, ANNA) == []


def test_a_disconnect_ends_it_erases_its_tokens_and_is_written_down(world: World) -> None:
    connection = world.connect()
    world.clock.move(DAY)
    with world.store.begin() as work:
        ended, integration = world.connections.disconnect(work, ANNA, "calling")
    assert (ended.state, ended.state_since) == (State.REVOKED, NOW + DAY)
    assert integration == CALLING
    assert world.kept(connection) == [None, None]
    assert world.audit()[-1] == ("anna@example.com", "connection.revoked", topic_of(connection))
    with world.store.begin() as work, pytest.raises(BadInput):
        world.connections.disconnect(work, ANNA, "calling")


def test_a_disconnect_touches_nobody_else(world: World) -> None:
    world.connect(ANNA)
    his = world.connect(BEN)
    world.disconnect(ANNA)
    assert world.connection(BEN) == his
    assert None not in world.kept(his)


def test_a_disconnect_withdraws_the_warning_that_waits_and_nothing_follows(world: World) -> None:
    world.change(world.connect().refused(GONE, now=NOW))
    world.reminders.tell_due()
    world.disconnect()
    world.reminders.tell_due()
    assert subject_of(ANNA) not in [to for to, _ in world.heard()]


def test_a_disconnected_person_can_connect_again_in_place(world: World) -> None:
    first = world.connect()
    world.disconnect()
    again = world.connect()
    assert (again.id, again.state) == (first.id, State.ACTIVE)
    assert world.kept(again) == ["access-token", "refresh-token"]


def test_a_change_applies_to_what_is_there_by_now(world: World) -> None:
    stale = world.connect()
    world.change(replace(stale, failures=7))
    with world.store.begin() as work:
        changed = change(work, stale, lambda current: current.revoked(now=NOW), now=NOW)
    assert (changed.failures, changed.state) == (7, State.REVOKED)


def test_a_change_of_what_is_gone_is_given_up(world: World) -> None:
    stale = world.connect()
    with world.store.begin() as work, pytest.raises(Overtaken):
        change(work, replace(stale, id="gone"), lambda current: current, now=NOW)


def test_a_connection_of_an_integration_with_a_longest_time_ends_after_it(world: World) -> None:
    with world.store.begin() as work:
        held = work.integrations.hold("calling")
        work.integrations.replace(replace(held, max_days=30))
    assert world.connect().ends_at == NOW + 30 * DAY


def test_two_different_links_of_one_person_at_one_moment_make_one_connection(
    world: World,
) -> None:
    world.connect()
    states = {f"racer-{number}": world.state(world.ticket()) for number in range(2)}
    got = together(lambda name: world.finish(states[name]))
    assert {type(one) for one in got if isinstance(one, Exception)} <= {LinkUsed}
    with world.store.reading() as work:
        assert len(work.connections.all()) == 1


def test_two_first_consents_of_one_person_at_one_moment_make_one_connection(world: World) -> None:
    states = {f"racer-{number}": world.state(world.ticket()) for number in range(2)}
    got = together(lambda name: world.finish(states[name]))
    assert {type(one) for one in got if isinstance(one, Exception)} <= {LinkUsed}
    with world.store.reading() as work:
        assert len(work.connections.all()) == 1


def test_of_two_answers_with_one_state_one_counts(world: World) -> None:
    state = world.state(world.ticket())
    got = together(lambda _: world.finish(state))
    assert [type(one) for one in got if isinstance(one, Exception)] == [AnswerUnknown]
    assert len(world.authority.exchanged) == 1
    assert world.heard() == [(TO_ANNA, "connected calling")]


def test_of_two_openings_of_one_link_one_uses_it_up(world: World) -> None:
    ticket = world.ticket()
    states = {f"racer-{number}": world.state(ticket) for number in range(2)}
    got = together(lambda name: world.finish(states[name]))
    assert [type(one) for one in got if isinstance(one, Exception)] == [LinkUsed]
    assert len(world.authority.exchanged) == 1
    assert world.heard() == [(TO_ANNA, "connected calling")]


def test_a_consent_after_a_warning_tells_everybody_who_was_warned(world: World) -> None:
    connection = world.connect()
    gone = connection.refused(GONE, now=NOW)
    world.change(gone)
    world.reminders.tell_due()
    warned = world.heard()
    assert {to for to, _ in warned} == {TO_ANNA, ADMIN, SPACE}
    state = world.state(world.ticket())
    world.finish(state)
    world.reminders.tell_due()
    assert sorted(world.heard()) == [
        (ADMIN, "recovered calling"),
        (TO_ANNA, "connected calling"),
        (SPACE, "recovered calling"),
    ]


def test_a_warning_that_still_waits_is_withdrawn_by_the_consent(world: World) -> None:
    gone = world.connect().refused(GONE, now=NOW)
    world.change(gone)
    state = world.state(world.ticket())
    world.reminders.tell_due()
    world.finish(state)
    assert [text for to, text in world.heard() if to == TO_ANNA] == ["connected calling"]


def test_manual_renewal_plans_no_refresh(world: World) -> None:
    world.register(replace(CALLING, slug="manual", renewal=Renewal.MANUAL))
    assert world.connect(ANNA, "manual").refresh_due_at is None


def test_a_second_consent_renews_the_connection_in_place(world: World) -> None:
    first = world.connect()
    world.clock.move(DAY)
    world.authority.tokens = pair(DAY, 2 * DAY)
    second = world.connect()
    assert second.id == first.id
    assert world.connection().access_ends_at == NOW + 2 * DAY
