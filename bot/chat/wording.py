"""Dates, spans of time and states in a person's words; the one home of such phrases.

Cards hold the sentences, this holds what goes into their slots. Times are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.catalogue.scope import Risk, Scope
from bot.core.connections import Connection, State, Trouble
from bot.core.integrations import Integration, Renewal
from bot.core.reminders import Ending, Reminder, deadlines, is_left_to_administrators

_DAYS_FROM = timedelta(hours=36)
_JUST_NOW = timedelta(minutes=1)
"""From here on days are exact enough; below, hours say more."""
_UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)


@dataclass(frozen=True)
class Standing:
    """A state as a card shows it: a word, a colour, and what it means for the person."""

    title: str
    colour: str
    meaning: str


_STANDINGS = {
    State.ACTIVE: Standing("Connected", "good", ""),
    State.FAILING: Standing("Trouble renewing", "warning", "I keep trying; nothing to do for now."),
    State.NEEDS_CONSENT: Standing(
        "Needs your consent", "attention", "Webex no longer renews it. Please connect again."
    ),
    State.EXPIRED: Standing(
        "Ended", "attention", "Its time is over. Connect again if you still need it."
    ),
    State.REVOKED: Standing("Disconnected", "default", "Nothing is stored any more."),
}
_LEFT_TO_ADMINISTRATORS = Standing(
    "Trouble renewing", "warning", "The administrators have to mend this; nothing to do for you."
)
_SECRET_REFUSED = Standing(
    "Cannot be renewed",
    "attention",
    "Webex refuses the client secret; “consentry integrations secret” stores a new one.",
)
_ENDINGS = {
    Ending.TOKENS: Standing("Ends soon", "warning", "The person has to connect again."),
    Ending.TIME_BOX: Standing("Ends as planned", "warning", "The person may connect again."),
    Ending.NEEDS_CONSENT: Standing(
        "Needs consent", "attention", "The person was asked to connect again."
    ),
    Ending.EXPIRED: Standing("Ended", "attention", "The person has to connect again."),
    Ending.REVOKED: Standing("Ended as planned", "default", "Nothing is stored any more."),
}
_NO_END_DATE = "Until Webex ends it; when that is, Webex did not say."
RISK_COLOURS = {Risk.HIGH: "attention", Risk.MEDIUM: "warning", Risk.LOW: "good"}


def moment(at: datetime) -> str:
    """Name a moment, the same everywhere on Earth: ``Thu 3 December 2026, 14:00 UTC``."""
    at = at.astimezone(UTC)
    return f"{at:%a} {at.day} {at:%B %Y, %H:%M} UTC"


def moment_from(at: datetime, now: datetime) -> str:
    """Name a moment and how far away it is: ``… (in 13 days)`` or ``… (2 hours ago)``."""
    away = span(abs(at - now))
    if abs(at - now) < _JUST_NOW:
        return f"{moment(at)} (just now)"
    return f"{moment(at)} ({f'in {away}' if at >= now else f'{away} ago'})"


def span(length: timedelta) -> str:
    """Tell a length of time in its largest fitting unit, rounded down: ``13 days``."""
    for unit, size in _UNITS:
        smallest = _DAYS_FROM if unit == "day" else size
        if length >= smallest:
            return counted(length // size, unit)
    return "less than a minute"


def counted(number: int, noun: str) -> str:
    """Join a number and its noun: ``1 day``, ``2 days``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def standing(connection: Connection) -> Standing:
    """Tell where a connection stands."""
    if connection.state is State.FAILING and connection.trouble is Trouble.CLIENT_SECRET:
        return _LEFT_TO_ADMINISTRATORS
    return _STANDINGS[connection.state]


def lasting(connection: Connection, now: datetime) -> str:
    """Tell how long a connection lasts if nobody does anything."""
    if not connection.state.is_alive:
        return f"Since {moment_from(connection.state_since, now)}."
    end = _end(connection)
    if end is None:
        return "Renews itself until you end it." if connection.is_healthy else _NO_END_DATE
    when = moment_from(end, now)
    if end == connection.ends_at:
        return f"Ends by itself {when}."
    if connection.state is State.FAILING:
        return f"Ends {when}, unless I can renew it before then."
    return f"Ends {when}; connect again before then."


def lasts_from_now(connection: Connection) -> str:
    """Tell, right after a consent or a recovery, how long the connection lasts."""
    end = _end(connection)
    if end is None:
        return "Until you end it; it renews itself." if connection.is_healthy else _NO_END_DATE
    then = "then it ends by itself" if end == connection.ends_at else "I will tell you in time"
    return f"Until {moment(end)}; {then}."


def _end(connection: Connection) -> datetime | None:
    """Find what ends the connection first, if that is known; the moment that warnings name."""
    unmoved = min((deadline.at for deadline in deadlines(connection)), default=None)
    return unmoved if unmoved or connection.is_healthy else connection.tokens_end_at


def ending(reminder: Reminder, connection: Connection) -> Standing:
    """Tell administrators what ends and why nobody has mended it."""
    if is_left_to_administrators(connection):
        return _SECRET_REFUSED
    return _ENDINGS[reminder.ending]


def term(integration: Integration) -> str:
    """Tell, before a consent, how long it will last."""
    days = integration.max_days
    most = f"At most {counted(days, 'day')}, then it ends by itself." if days else ""
    if integration.renewal is Renewal.MANUAL:
        return f"{most} It is not renewed: I will tell you in time before Webex ends it.".strip()
    return most or "I renew it in the background until you end it."


def caveat(scope: Scope) -> str:
    """Tell what one should know before trusting an explanation; mostly there is nothing."""
    if not scope.known:
        return "I do not know this scope."
    if scope.deprecated:
        return "Webex has withdrawn or replaced this scope."
    return "" if scope.documented else "Webex publishes nothing about this scope."
