"""Retry-After in every dress: seconds, an HTTP date, rubbish, or nothing at all.

Separate, because the bot's own calls and the token endpoint both get it, and the SDK chokes on it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=1)
"""Nobody waits longer, whatever a header says: Webex's limits count by the minute."""
_MOST_DIGITS = 9


def read_retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """Read how long Webex asks us to wait; None where it does not say so in words we know.

    Args:
        header: The value of the header (RFC 9110 §10.2.3), if there was one.
        now: The time from which a date is counted.
    """
    given = (header or "").strip()
    is_number = given.isascii() and given.isdigit()
    wait = _seconds(given) if is_number else _until(given, now)
    return None if wait is None else min(max(wait, timedelta()), _LONGEST)


def _seconds(digits: str) -> timedelta:
    return timedelta(seconds=int(digits)) if len(digits) <= _MOST_DIGITS else _LONGEST


def _until(date: str, now: datetime) -> timedelta | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
