from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.connections import FIXED_AFTER, Connection, State, Trouble
from bot.core.people import Person
from bot.core.refusals import Refusal, RefusalKind
from tests.core.connection_machine import ConnectionMachine
from tests.core.examples import ANNA, DAY, HOUR, NOW, blank, connected, pair

TestConnectionMachine = ConnectionMachine.TestCase
TestConnectionMachine.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)

BUSY = Refusal(RefusalKind.PASSING, "HTTP 503")
UNREADABLE = Refusal(RefusalKind.UNKNOWN, "HTTP 400")
GONE = Refusal(RefusalKind.GONE, "HTTP 400, invalid_request")
CLIENT = Refusal(RefusalKind.CLIENT, "HTTP 401")


def refreshed_after(connection: Connection, *waits: timedelta, ends: timedelta) -> Connection:
    """Refresh after each wait since the consent; the refresh token ends when it ends."""
    for wait in waits:
        connection = connection.refreshed(pair(14 * DAY, ends - wait), now=NOW + wait)
    return connection


def test_a_consent_takes_what_webex_answered_and_nothing_else() -> None:
    connection = connected(14 * DAY, 90 * DAY)
    assert connection.state is State.ACTIVE
    assert connection.access_ends_at == NOW + 14 * DAY
    assert connection.refresh_ends_at == NOW + 90 * DAY
    assert connection.deadline_set_at == NOW
    assert connection.refreshed_at is None
    assert connection.is_healthy


def test_a_missing_number_is_no_deadline() -> None:
    connection = connected(None, None)
    assert connection.access_ends_at is None
    assert connection.refresh_ends_at is None
    assert connection.tokens_end_at is None
    assert connection.refresh_due_at == NOW + 12 * HOUR


@pytest.mark.parametrize(
    ("answered", "granted"), [(None, ("spark:calls_read",)), ((), ()), (("a:read",), ("a:read",))]
)
def test_the_scopes_of_the_answer_win_over_those_asked_for(
    answered: tuple[str, ...] | None, granted: tuple[str, ...]
) -> None:
    connection = blank().consented(pair(scopes=answered), now=NOW, person=ANNA)
    assert connection.granted == granted
    assert connection.requested == ("spark:calls_read",)


def test_a_fresh_consent_starts_over_in_place() -> None:
    old = refreshed_after(connected(), 3 * DAY, ends=90 * DAY).refused(GONE, now=NOW + 4 * DAY)
    renamed = Person(ANNA.id, "anna.new@example.com")
    new = old.consented(pair(HOUR, None), now=NOW + 5 * DAY, person=renamed)
    assert (new.id, new.state, new.trouble) == (old.id, State.ACTIVE, Trouble.NONE)
    assert (new.refresh_ends_at, new.deadline_set_at, new.refreshed_at) == (None, None, None)
    assert not new.deadline_is_fixed
    assert new.person.email == "anna.new@example.com"


def test_the_next_refresh_can_be_brought_forward_where_there_is_one() -> None:
    assert connected().due(now=NOW).refresh_due_at == NOW
    assert connected(renews=False).due(now=NOW).refresh_due_at is None


@pytest.mark.parametrize("connection", [connected(renews=False), connected(has_refresh=False)])
def test_without_a_refresh_token_or_renewal_no_refresh_is_planned(connection: Connection) -> None:
    assert connection.refresh_due_at is None
    assert connection.tokens_end_at == NOW + 14 * DAY
    assert connection.settled(now=NOW + 14 * DAY).state is State.EXPIRED
    assert connection.settled(now=NOW + 13 * DAY) is connection


def test_a_refresh_without_a_new_refresh_token_goes_on_with_the_old_one() -> None:
    later = connected().refreshed(pair(has_refresh=False), now=NOW + DAY)
    assert later.has_refresh_planned
    assert later.refreshed_at == NOW + DAY


def test_a_refresh_that_moves_the_deadline_keeps_the_connection_healthy() -> None:
    later = connected().refreshed(pair(), now=NOW + 9 * DAY)
    assert later.refresh_ends_at == NOW + 99 * DAY
    assert later.deadline_set_at == NOW + 9 * DAY
    assert later.is_healthy


@pytest.mark.parametrize("seconds_off", [0, 1, -1, 599, -599])
def test_a_deadline_left_where_it_was_is_proven_fixed_only_after_two_days(seconds_off: int) -> None:
    ends = 90 * DAY + timedelta(seconds=seconds_off)
    soon = refreshed_after(connected(), FIXED_AFTER - timedelta(seconds=1), ends=ends)
    assert not soon.deadline_is_fixed
    late = refreshed_after(soon, FIXED_AFTER, ends=ends)
    assert late.deadline_is_fixed
    assert late.refresh_ends_at == NOW + 90 * DAY, "rounding does not move it"
    assert not late.is_healthy


def test_a_fixed_deadline_that_moves_after_all_is_fixed_no_longer() -> None:
    fixed = refreshed_after(connected(), 3 * DAY, ends=90 * DAY)
    moved = refreshed_after(fixed, 6 * DAY, ends=96 * DAY)
    assert not moved.deadline_is_fixed
    assert moved.refresh_ends_at == NOW + 96 * DAY


def test_a_refresh_that_is_silent_about_the_deadline_keeps_the_known_one() -> None:
    silent = connected().refreshed(pair(refresh=None), now=NOW + 3 * DAY)
    assert silent.refresh_ends_at == NOW + 90 * DAY
    assert silent.deadline_is_fixed, "what nobody moved will end"


def test_what_never_had_a_deadline_has_none_to_be_fixed() -> None:
    later = connected(refresh=None).refreshed(pair(refresh=None), now=NOW + 30 * DAY)
    assert not later.deadline_is_fixed


LIVES = st.timedeltas(min_value=timedelta(minutes=1), max_value=400 * DAY)


@given(LIVES, LIVES)
def test_a_refresh_is_planned_well_before_the_shorter_life_ends(
    access: timedelta, refresh: timedelta
) -> None:
    due = connected(access, refresh).refresh_due_at
    assert due is not None
    assert 0.56 < (due - NOW) / min(access, refresh) < 0.67


def test_two_connections_made_together_are_not_refreshed_together() -> None:
    tokens = pair()
    due = {
        replace(blank(), id=f"c{n}").consented(tokens, now=NOW, person=ANNA).refresh_due_at
        for n in range(50)
    }
    assert len(due) == 50


def test_close_to_a_deadline_that_does_not_move_it_is_not_refreshed_without_pause() -> None:
    close = NOW + 89 * DAY
    connection = connected(12 * HOUR, 90 * DAY).refreshed(pair(12 * HOUR, DAY), now=close)
    assert connection.refresh_due_at is not None
    assert connection.refresh_due_at - close > 6 * HOUR


def test_a_passing_refusal_is_tried_again_later_and_later_until_hourly() -> None:
    connection, waits = connected(), []
    for _ in range(12):
        connection = connection.refused(BUSY, now=NOW)
        waits.append((connection.refresh_due_at or NOW) - NOW)
    assert connection.state is State.FAILING
    assert connection.trouble is Trouble.WEBEX
    assert connection.failures == 12
    assert timedelta(seconds=30) <= waits[0] <= timedelta(minutes=1)
    assert timedelta(minutes=30) <= waits[-1] <= HOUR
    assert connection.state_since == NOW


def test_webex_is_left_alone_as_long_as_it_asks() -> None:
    refused = connected().refused(replace(BUSY, retry_after=5 * HOUR), now=NOW)
    assert refused.refresh_due_at == NOW + 5 * HOUR


def test_a_wrong_client_secret_is_the_operators_trouble_and_is_tried_seldom() -> None:
    refused = connected().refused(CLIENT, now=NOW)
    assert (refused.state, refused.trouble) == (State.FAILING, Trouble.CLIENT_SECRET)
    assert refused.refresh_due_at is not None
    assert refused.refresh_due_at >= NOW + HOUR / 2


def test_a_definite_refusal_ends_it_at_once() -> None:
    refused = connected().refused(GONE, now=NOW + DAY)
    assert (refused.state, refused.trouble) == (State.NEEDS_CONSENT, Trouble.REFUSED)
    assert (refused.refresh_due_at, refused.state_since) == (None, NOW + DAY)


def test_an_unreadable_refusal_ends_it_only_the_third_time_in_a_row() -> None:
    connection = connected()
    states = []
    for refusal in (UNREADABLE, UNREADABLE, BUSY, UNREADABLE, UNREADABLE, UNREADABLE):
        connection = connection.refused(refusal, now=NOW)
        states.append(connection.state)
    assert states == [State.FAILING] * 5 + [State.NEEDS_CONSENT]


def test_a_long_outage_and_one_unreadable_refusal_are_no_reason_to_consent_anew() -> None:
    connection = connected()
    for refusal in (*[BUSY] * 20, UNREADABLE):
        connection = connection.refused(refusal, now=NOW)
    assert connection.state is State.FAILING


def test_a_refresh_that_goes_well_forgets_the_failures() -> None:
    failing = connected().refused(BUSY, now=NOW).refused(BUSY, now=NOW)
    well = failing.refreshed(pair(), now=NOW + HOUR)
    assert (well.state, well.failures, well.trouble) == (State.ACTIVE, 0, Trouble.NONE)


def test_a_failing_connection_lives_as_long_as_its_last_token() -> None:
    failing = connected(14 * DAY, 90 * DAY).refused(BUSY, now=NOW + 9 * DAY)
    assert failing.settled(now=NOW + 89 * DAY).state is State.FAILING
    assert failing.settled(now=NOW + 90 * DAY).state is State.EXPIRED
    outlived = connected(90 * DAY, 14 * DAY).refused(BUSY, now=NOW + 9 * DAY)
    assert outlived.settled(now=NOW + 89 * DAY).state is State.FAILING


def test_an_outage_does_not_end_a_refresh_token_whose_end_nobody_knows() -> None:
    failing = connected(12 * HOUR, None).refused(BUSY, now=NOW + 8 * HOUR)
    assert failing.settled(now=NOW + 400 * DAY).state is State.FAILING


def test_the_trouble_of_an_expired_connection_is_remembered() -> None:
    expired = connected().refused(CLIENT, now=NOW).settled(now=NOW + 91 * DAY)
    assert (expired.state, expired.trouble) == (State.EXPIRED, Trouble.CLIENT_SECRET)


@pytest.mark.parametrize(
    "connection",
    [
        connected(box=DAY),
        connected(box=DAY).refused(BUSY, now=NOW),
        connected(box=DAY).refused(GONE, now=NOW),
        connected(HOUR, renews=False, box=DAY).settled(now=NOW + 2 * HOUR),
    ],
)
def test_a_time_box_that_is_over_revokes_whatever_the_state(connection: Connection) -> None:
    assert connection.settled(now=NOW + DAY - HOUR).state is not State.REVOKED
    over = connection.settled(now=NOW + DAY)
    assert (over.state, over.trouble, over.refresh_due_at) == (State.REVOKED, Trouble.NONE, None)


def test_a_revoked_connection_is_settled() -> None:
    revoked = connected().revoked(now=NOW)
    assert revoked.settled(now=NOW + 1000 * DAY) is revoked
