"""A connection: the grant that a subject gave to an integration, and the states it goes through.

                consent                refresh ok                       deadline passed
     (none) ───────────▶ active ◀─────────────────── failing ──────────────────────────▶ expired
                          │  └── passing error ───────▶│ (still serves while its token lives)
                          │                            └── definite refusal ─▶ needs_consent
                          └── disconnect / time box over ─▶ revoked      (any) ── consent ─▶ active

Each arrow is a method that returns the connection as it is afterwards. Nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.backoff import delay, fraction
from bot.core.refusals import UNKNOWN_BECOMES_GONE_AFTER, Refusal, RefusalKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.people import Person
    from bot.core.tokens import TokenPair

FIXED_AFTER = timedelta(hours=48)
"""A refresh this long after the deadline was set that leaves it where it was proves it fixed.

Webex prolongs a refresh token at most once a day (github.com/webex/integration-refresh), so a
refresh sooner than that proves nothing; twice the day leaves room for rounding.
"""
_MOVED_BY = timedelta(minutes=10)
_REFRESH_AT = 2 / 3
_JITTER = 0.1
_REFRESH_WITHOUT_A_DEADLINE = timedelta(hours=12)
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(hours=1)


class State(StrEnum):
    """Where a connection stands."""

    ACTIVE = "active"
    FAILING = "failing"
    NEEDS_CONSENT = "needs_consent"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def is_alive(self) -> bool:
        """Whether the connection may still have a token that works."""
        return self in (State.ACTIVE, State.FAILING)


class Trouble(StrEnum):
    """Why a connection does not renew, in the words of who can mend it."""

    NONE = ""
    WEBEX = "webex"
    CLIENT_SECRET = "client_secret"  # noqa: S105 - names the trouble, is no secret
    REFUSED = "refused"


_TROUBLES = {
    RefusalKind.GONE: Trouble.REFUSED,
    RefusalKind.CLIENT: Trouble.CLIENT_SECRET,
    RefusalKind.PASSING: Trouble.WEBEX,
    RefusalKind.UNKNOWN: Trouble.REFUSED,
}


@dataclass(frozen=True)
class Connection:
    """A grant. Deadlines are what Webex answered; None where it did not say.

    ``deadline_set_at`` is when ``refresh_ends_at`` last moved, ``deadline_is_fixed`` whether a
    refresh was seen to leave it where it was, ``ends_at`` the end of a time box.
    """

    id: str
    integration: str
    subject: str
    person: Person
    requested: tuple[str, ...]
    granted: tuple[str, ...]
    renews: bool
    state: State
    state_since: datetime
    consented_at: datetime
    access_set_at: datetime
    access_ends_at: datetime | None = None
    refresh_ends_at: datetime | None = None
    deadline_set_at: datetime | None = None
    deadline_is_fixed: bool = False
    refresh_due_at: datetime | None = None
    refreshed_at: datetime | None = None
    ends_at: datetime | None = None
    failures: int = 0
    trouble: Trouble = Trouble.NONE
    version: int = 0

    @property
    def has_refresh_planned(self) -> bool:
        """Whether a refresh is planned, which it is only while there is a refresh token."""
        return self.refresh_due_at is not None

    @property
    def is_healthy(self) -> bool:
        """Whether the next refresh is expected to go well and to move the deadline."""
        return (
            self.state is State.ACTIVE and self.has_refresh_planned and not self.deadline_is_fixed
        )

    @property
    def tokens_end_at(self) -> datetime | None:
        """When the last token that serves is dead, if Webex told us how long it lives."""
        if not self.has_refresh_planned:
            return self.access_ends_at
        if self.refresh_ends_at is None or self.access_ends_at is None:
            return self.refresh_ends_at
        return max(self.access_ends_at, self.refresh_ends_at)

    def consented(self, tokens: TokenPair, *, now: datetime, person: Person) -> Connection:
        """Start over with the tokens of a fresh consent, in place: the id stays."""
        granted = tokens.scopes if tokens.scopes is not None else self.requested
        fresh = replace(
            self,
            person=person,
            granted=granted,
            consented_at=now,
            refreshed_at=None,
            refresh_ends_at=None,
            deadline_set_at=None,
            deadline_is_fixed=False,
            refresh_due_at=None,
        )
        return _holding(fresh, tokens, now)

    def refreshed(self, tokens: TokenPair, *, now: datetime) -> Connection:
        """Take over the tokens of a refresh and learn whether it moved the deadline."""
        return replace(_holding(self, tokens, now), refreshed_at=now)

    def refused(self, refusal: Refusal, *, now: datetime) -> Connection:
        """Take a refusal: a definite one ends it, a passing one makes it wait and try again."""
        trouble = _TROUBLES[refusal.kind]
        # Counted per trouble: an outage before it makes one unreadable refusal no repetition.
        failures = self.failures + 1 if trouble is self.trouble else 1
        repeats = failures >= UNKNOWN_BECOMES_GONE_AFTER
        if refusal.kind is RefusalKind.GONE or (refusal.kind is RefusalKind.UNKNOWN and repeats):
            return _moved(self, State.NEEDS_CONSENT, now, trouble=trouble)
        is_client = refusal.kind is RefusalKind.CLIENT
        wait = delay(
            failures,
            seed=self.id,
            first=_LONGEST_RETRY if is_client else _FIRST_RETRY,
            longest=_LONGEST_RETRY,
            asked=refusal.retry_after,
        )
        failing = _moved(self, State.FAILING, now, trouble=trouble)
        return replace(failing, failures=failures, refresh_due_at=now + wait)

    def due(self, *, now: datetime) -> Connection:
        """Bring its next refresh forward, if it still has one."""
        return replace(self, refresh_due_at=now) if self.has_refresh_planned else self

    def settled(self, *, now: datetime) -> Connection:
        """Let the clock have its say: a time box that is over, a last token that is dead."""
        if self.state is State.REVOKED:
            return self
        if self.ends_at and now >= self.ends_at:
            return self.revoked(now=now)
        end = self.tokens_end_at
        if self.state.is_alive and not self.is_healthy and end and now >= end:
            return _moved(self, State.EXPIRED, now, trouble=self.trouble)
        return self

    def revoked(self, *, now: datetime) -> Connection:
        """End it for good; only a fresh consent brings it back."""
        return _moved(self, State.REVOKED, now, trouble=Trouble.NONE)


def _moved(connection: Connection, state: State, now: datetime, *, trouble: Trouble) -> Connection:
    since = connection.state_since if state is connection.state else now
    due = connection.refresh_due_at if state.is_alive else None
    return replace(connection, state=state, state_since=since, trouble=trouble, refresh_due_at=due)


def _holding(connection: Connection, tokens: TokenPair, now: datetime) -> Connection:
    can_refresh = connection.renews and (
        tokens.refresh is not None or connection.has_refresh_planned
    )
    ends_at = now + tokens.access_lives if tokens.access_lives else None
    held = _moved(connection, State.ACTIVE, now, trouble=Trouble.NONE)
    held = replace(held, access_set_at=now, access_ends_at=ends_at, failures=0)
    held = _with_deadline(held, now + tokens.refresh_lives if tokens.refresh_lives else None, now)
    return replace(held, refresh_due_at=_next_refresh(held) if can_refresh else None)


def _with_deadline(connection: Connection, ends_at: datetime | None, now: datetime) -> Connection:
    """Take over the refresh deadline, or learn that the refresh left it where it was."""
    before = connection.refresh_ends_at
    if ends_at and (before is None or abs(ends_at - before) >= _MOVED_BY):
        return replace(
            connection, refresh_ends_at=ends_at, deadline_set_at=now, deadline_is_fixed=False
        )
    set_at = connection.deadline_set_at
    is_proven = set_at is not None and now - set_at >= FIXED_AFTER
    return replace(connection, deadline_is_fixed=connection.deadline_is_fixed or is_proven)


def _next_refresh(connection: Connection) -> datetime:
    """Plan the refresh at two thirds of the shorter life, some earlier so that they spread."""
    lives = (
        (connection.access_set_at, connection.access_ends_at),
        (connection.deadline_set_at, connection.refresh_ends_at),
    )
    share = _REFRESH_AT - _JITTER * fraction(connection.id)
    planned = [start + (end - start) * share for start, end in lives if start and end]
    # A deadline that refreshing does not move is soon past its two thirds: then only the access
    # token counts, or we would refresh without pause.
    ahead = [at for at in planned if at > connection.access_set_at]
    return min(ahead, default=connection.access_set_at + _REFRESH_WITHOUT_A_DEADLINE)
