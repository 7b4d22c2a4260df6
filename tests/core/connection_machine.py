"""A connection under everything that can happen to it, in any order, with any answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core.connections import Connection, State, Trouble
from bot.core.refusals import UNKNOWN_BECOMES_GONE_AFTER, Refusal, RefusalKind
from bot.core.tokens import TokenPair
from tests.core.examples import ANNA, DAY, HOUR, NOW, blank, pair

ALIVE = {State.ACTIVE, State.FAILING}

LIVES = st.none() | st.timedeltas(min_value=timedelta(seconds=1), max_value=400 * DAY)
TOKENS = st.builds(pair, LIVES, LIVES, has_refresh=st.booleans())
WAITS = st.none() | st.timedeltas(min_value=timedelta(), max_value=3 * DAY)


class ConnectionMachine(RuleBasedStateMachine):
    """Only the arrows that are drawn happen, and each leaves a plan that makes sense."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.connection: Connection = blank()
        self.unreadable_in_a_row = 0

    def become(self, connection: Connection, *, among: set[State]) -> None:
        before, self.connection = self.connection, connection
        assert connection.state in among
        assert (connection.id, connection.subject) == (before.id, before.subject)
        assert connection.version == before.version, "only the store counts versions"
        is_same = connection.state is before.state
        assert connection.state_since == (before.state_since if is_same else self.now)

    def check_the_plan(self) -> None:
        due, access_ends = self.connection.refresh_due_at, self.connection.access_ends_at
        assert due is None or due > self.now
        assert due is None or access_ends is None or due < access_ends

    @initialize(tokens=TOKENS)
    def consent_first(self, tokens: TokenPair) -> None:
        self.consent(tokens, renews=True)

    @rule(tokens=TOKENS, renews=st.booleans())
    def consent(self, tokens: TokenPair, *, renews: bool) -> None:
        asked = replace(self.connection, requested=("a:read", "b:read"), renews=renews)
        self.become(asked.consented(tokens, now=self.now, person=ANNA), among={State.ACTIVE})
        self.unreadable_in_a_row = 0
        assert self.connection.has_refresh_planned == (renews and tokens.refresh is not None)
        assert not self.connection.deadline_is_fixed
        self.check_the_plan()

    @precondition(lambda self: self.connection.has_refresh_planned)
    @rule(tokens=TOKENS)
    def refresh(self, tokens: TokenPair) -> None:
        self.become(self.connection.refreshed(tokens, now=self.now), among={State.ACTIVE})
        self.unreadable_in_a_row = 0
        assert self.connection.has_refresh_planned, (
            "it goes on refreshing with the token that it has"
        )
        self.check_the_plan()

    @precondition(lambda self: self.connection.has_refresh_planned)
    @rule(kind=st.sampled_from([RefusalKind.PASSING, RefusalKind.CLIENT]), wait=WAITS)
    def refuse_in_passing(self, kind: RefusalKind, wait: timedelta | None) -> None:
        refused = self.connection.refused(Refusal(kind, "HTTP 503", wait), now=self.now)
        self.become(refused, among={State.FAILING})
        self.unreadable_in_a_row = 0
        assert refused.refresh_due_at is not None
        assert refused.refresh_due_at - self.now <= max(HOUR, wait or HOUR)
        assert refused.refresh_due_at >= self.now + (wait or timedelta())

    @precondition(lambda self: self.connection.has_refresh_planned)
    @rule()
    def refuse_unreadably(self) -> None:
        refused = self.connection.refused(Refusal(RefusalKind.UNKNOWN, "HTTP 400"), now=self.now)
        self.unreadable_in_a_row += 1
        repeats = self.unreadable_in_a_row >= UNKNOWN_BECOMES_GONE_AFTER
        self.become(refused, among={State.NEEDS_CONSENT if repeats else State.FAILING})

    @precondition(lambda self: self.connection.has_refresh_planned)
    @rule()
    def refuse_for_good(self) -> None:
        refused = self.connection.refused(Refusal(RefusalKind.GONE, "HTTP 400"), now=self.now)
        self.become(refused, among={State.NEEDS_CONSENT})

    @rule(days=st.integers(1, 100))
    def box(self, days: int) -> None:
        self.connection = replace(self.connection, ends_at=self.now + days * DAY)

    @rule(wait=st.timedeltas(min_value=timedelta(seconds=1), max_value=100 * DAY))
    def let_time_pass(self, wait: timedelta) -> None:
        self.now += wait
        before, end = self.connection, self.connection.tokens_end_at
        among = {before.state}
        if before.ends_at and self.now >= before.ends_at:
            among = {State.REVOKED}
        elif before.state in ALIVE and end and self.now >= end:
            among |= {State.EXPIRED}
        settled = before.settled(now=self.now)
        self.become(settled, among=among)
        assert settled.settled(now=self.now) == settled, "the clock says it once"

    @rule()
    def revoke(self) -> None:
        self.become(self.connection.revoked(now=self.now), among={State.REVOKED})

    @invariant()
    def a_refresh_is_planned_only_while_it_lives(self) -> None:
        assert self.connection.state in ALIVE or self.connection.refresh_due_at is None

    @invariant()
    def an_active_one_is_in_no_trouble_and_a_failing_one_is(self) -> None:
        connection = self.connection
        if connection.state is State.ACTIVE:
            assert (connection.trouble, connection.failures) == (Trouble.NONE, 0)
        if connection.state is State.FAILING:
            assert connection.trouble is not Trouble.NONE
            assert connection.failures > 0
            assert connection.has_refresh_planned, "a failing one tries again"

    @invariant()
    def what_renews_itself_is_active(self) -> None:
        assert not self.connection.is_healthy or self.connection.state is State.ACTIVE
