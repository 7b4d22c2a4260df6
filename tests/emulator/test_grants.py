from datetime import timedelta

import pytest

from bot.emulator.clock import EmulatorClock
from bot.emulator.grants import AccessToken, Code, DeadlineMoves, Grants
from bot.emulator.records import Account
from bot.emulator.state import State
from tests.emulator.world import ANA, DASHBOARD, ORGANISATION, REDIRECT

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> EmulatorClock:
    return EmulatorClock()


@pytest.fixture
def grants(clock: EmulatorClock) -> Grants:
    return Grants(clock)


@pytest.fixture
def ana(clock: EmulatorClock) -> Account:
    return State(ORGANISATION, clock).account_by_email(ANA)


def code_of(person: Account, clock: EmulatorClock) -> Code:
    return Code("c", person.id, DASHBOARD.client_id, REDIRECT, ("spark:kms",), clock())


@pytest.mark.parametrize(
    ("moves", "after_an_hour", "after_two_days"),
    [("always", True, True), ("never", False, False), ("daily", False, True)],
)
def test_a_refresh_moves_the_deadline_as_the_policy_says(
    grants: Grants,
    ana: Account,
    clock: EmulatorClock,
    moves: DeadlineMoves,
    after_an_hour: bool,
    after_two_days: bool,
) -> None:
    grants.policy.refresh_deadline_moves = moves
    grant = grants.open(ana, code_of(ana, clock))
    for wait, moved in ((timedelta(hours=1), after_an_hour), (2 * DAY, after_two_days)):
        before = grant.refresh_expires_at
        clock.move(wait)
        grants.renew(grant)
        assert (grant.refresh_expires_at > before) == moved


def test_daily_means_once_in_any_24_hours(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grant = grants.open(ana, code_of(ana, clock))
    clock.move(DAY)
    grants.renew(grant)
    deadline = grant.refresh_expires_at
    clock.move(timedelta(hours=23))
    grants.renew(grant)
    assert grant.refresh_expires_at == deadline


def test_the_refresh_token_stays_unless_the_policy_rotates_it(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grant = grants.open(ana, code_of(ana, clock))
    first = grant.refresh_token
    grants.renew(grant)
    assert grant.refresh_token == first
    grants.policy.rotates_refresh_token = True
    grants.renew(grant)
    assert grant.refresh_token != first
    assert grants.by_refresh_token(first) is None
    assert grants.by_refresh_token(grant.refresh_token) is grant


def test_the_reuse_of_a_spent_token_ends_the_family_where_the_policy_says_so(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grants.policy.rotates_refresh_token = grants.policy.revokes_family_on_reuse = True
    grant = grants.open(ana, code_of(ana, clock))
    token = grants.issue_access_token(grant)
    spent = grant.refresh_token
    grants.renew(grant)
    assert grants.by_refresh_token(spent) is None
    assert grant.is_revoked
    assert grants.by_refresh_token(grant.refresh_token) is None
    assert grants.by_access_token(token.value) is None


def test_tokens_end_by_the_emulated_clock(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grant = grants.open(ana, code_of(ana, clock))
    token = grants.issue_access_token(grant)
    clock.move(13 * DAY)
    assert grants.by_access_token(token.value) == (grant, token)
    clock.move(2 * DAY)
    assert grants.by_access_token(token.value) is None
    assert grants.by_refresh_token(grant.refresh_token) is grant
    clock.move(80 * DAY)
    assert grants.by_refresh_token(grant.refresh_token) is None


def test_an_older_access_token_lives_on_after_a_refresh(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grant = grants.open(ana, code_of(ana, clock))
    tokens: list[AccessToken] = [grants.issue_access_token(grant) for _ in range(2)]
    assert all(grants.by_access_token(token.value) for token in tokens)


def test_tokens_look_like_webexs_and_stay_out_of_reprs(
    grants: Grants, ana: Account, clock: EmulatorClock
) -> None:
    grant = grants.open(ana, code_of(ana, clock))
    token = grants.issue_access_token(grant)
    opaque, cluster, org = token.value.split("_")
    assert (len(opaque), cluster, org.count("-")) == (64, "PF84", 4)
    assert token.value not in repr(grant)
    assert grant.refresh_token not in repr(grant)
