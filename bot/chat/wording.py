"""Dates, spans of time and states in a person's words; the one home of such phrases.

Cards hold the sentences, this holds what goes into their slots. Times are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.catalogue.scope import Risk, Scope
from bot.core.connections import Connection, State, Trouble
from bot.core.integrations import Integration, Renewal
from bot.core.reminders import Ending, Reminder, is_left_to_administrators

_DAYS_FROM = timedelta(hours=36)
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
        "Ended", "attention", "Its time ran out. Connect again if you need it."
    ),
    State.REVOKED: Standing("Disconnected", "default", "Nothing is stored any more."),
}
_LEFT_TO_THE_OPERATOR = Standing(
    "Trouble renewing", "warning", "The operator has to mend this; you need not do anything."
)
_SECRET_REFUSED = Standing(
    "Cannot be renewed", "attention", "Webex refuses the client secret. Only you can mend that."
)
_ENDINGS = {
    Ending.TOKENS: Standing("Tokens end", "warning", "Its owner has to connect again."),
    Ending.TIME_BOX: Standing("Agreed time ends", "warning", "Its owner may connect again."),
    Ending.NEEDS_CONSENT: Standing("Needs consent", "attention", "Its owner was asked to."),
    Ending.EXPIRED: Standing("Ended", "attention", "Its owner has to connect again."),
    Ending.REVOKED: Standing("Agreed time is over", "default", "Nothing is stored any more."),
}
RISK_COLOURS = {Risk.HIGH: "attention", Risk.MEDIUM: "warning", Risk.LOW: "good"}


def moment(at: datetime) -> str:
    """Name a moment, the same everywhere on Earth: ``Thu 3 December 2026, 14:00 UTC``."""
    at = at.astimezone(UTC)
    return f"{at:%a} {at.day} {at:%B %Y, %H:%M} UTC"


def moment_from(at: datetime, now: datetime) -> str:
    """Name a moment and how far away it is: ``… (in 13 days)`` or ``… (2 hours ago)``."""
    away = span(abs(at - now))
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
        return _LEFT_TO_THE_OPERATOR
    return _STANDINGS[connection.state]


def lasting(connection: Connection, now: datetime) -> str:
    """Tell how long a connection lasts if nobody does anything."""
    if not connection.state.is_alive:
        return f"Since {moment_from(connection.state_since, now)}."
    if connection.ends_at:
        return f"Ends {moment_from(connection.ends_at, now)}."
    if connection.renews_itself:
        return "Renews itself until you take it back."
    end = connection.tokens_end_at
    return (
        f"Ends {moment_from(end, now)}; connect again before." if end else "Webex gave no end date."
    )


def lasts_from_now(connection: Connection) -> str:
    """Tell, right after a consent or a recovery, how long the connection lasts."""
    if connection.ends_at:
        return f"Until {moment(connection.ends_at)}, or until you take it back."
    if connection.renews_itself:
        return "Until you take it back; it renews itself."
    end = connection.tokens_end_at
    return f"Until {moment(end)}; I tell you in time." if end else "Until Webex ends it."


def ending(reminder: Reminder, connection: Connection) -> Standing:
    """Tell administrators what ends and why nobody has mended it."""
    if is_left_to_administrators(connection):
        return _SECRET_REFUSED
    return _ENDINGS[reminder.ending]


def term(integration: Integration) -> str:
    """Tell, before a consent, how long it will last."""
    most = f"At most {counted(integration.max_days, 'day')}. " if integration.max_days else ""
    if integration.renewal is Renewal.AUTOMATIC:
        return f"{most}I renew it in the background until you take it back."
    return f"{most}It is not renewed: before Webex ends it, I tell you in time."


def caveat(scope: Scope) -> str:
    """Tell what one should know before trusting an explanation; mostly there is nothing."""
    if not scope.known:
        return "We do not know this scope."
    if scope.deprecated:
        return "Webex has withdrawn or replaced this scope."
    return "" if scope.documented else "Webex publishes nothing about this scope."
