"""The people, grants and moments that the tests of the rules talk about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.connections import Connection, State
from bot.core.integrations import Integration
from bot.core.people import Person
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
THRESHOLDS = (14 * DAY, 7 * DAY, 3 * DAY, 1 * DAY)

ANNA = Person("anna-id", "anna@example.com", "Anna")
CALLING = Integration(
    slug="calling",
    name="Calling Assistant",
    client_id="C0ffee",
    client_secret=Secret("client-secret"),
    scopes=("spark:calls_read",),
    owner_email="owner@example.com",
)


def blank(*, renews: bool = True, box: timedelta | None = None) -> Connection:
    """Make a connection to which nobody has consented yet."""
    return Connection(
        id="c1",
        integration=CALLING.slug,
        subject=f"person:{ANNA.id}",
        person=ANNA,
        requested=CALLING.scopes,
        granted=(),
        renews=renews,
        state=State.REVOKED,
        state_since=NOW,
        consented_at=NOW,
        access_set_at=NOW,
        ends_at=NOW + box if box else None,
    )


def pair(
    access: timedelta | None = 14 * DAY,
    refresh: timedelta | None = 90 * DAY,
    *,
    has_refresh: bool = True,
    scopes: tuple[str, ...] | None = None,
) -> TokenPair:
    """Make an answer of the token endpoint with these lifetimes."""
    token = Secret("refresh-token") if has_refresh else None
    return TokenPair(Secret("access-token"), token, access, refresh, scopes)


def connected(
    access: timedelta | None = 14 * DAY,
    refresh: timedelta | None = 90 * DAY,
    *,
    renews: bool = True,
    has_refresh: bool = True,
    box: timedelta | None = None,
) -> Connection:
    """Make a connection to which Anna consented just now."""
    tokens = pair(access, refresh, has_refresh=has_refresh)
    return blank(renews=renews, box=box).consented(tokens, now=NOW, person=ANNA)
