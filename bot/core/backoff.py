"""How long to wait before trying again: longer each time, and not all at the same moment."""

from __future__ import annotations

import hashlib
from datetime import timedelta

_FIRST = timedelta(seconds=2)
_LONGEST = timedelta(minutes=10)
_MOST_DOUBLINGS = 20


def delay(
    attempts: int,
    *,
    seed: str,
    first: timedelta = _FIRST,
    longest: timedelta = _LONGEST,
    asked: timedelta | None = None,
) -> timedelta:
    """Wait at least what was asked for, else twice as long after each attempt, up to the longest.

    Args:
        attempts: How many attempts have failed, 1 or more.
        seed: Spreads the waits: the same seed always waits the same, so no clock is drawn from.
        first: The wait after the first failure.
        longest: No wait is longer, unless Webex asked for more.
        asked: What a Retry-After header asked for.
    """
    doublings: int = 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    doubled = min(first * doublings, longest)
    spread = doubled * (0.5 + 0.5 * fraction(f"{seed}:{attempts}"))
    return max(spread, asked or timedelta())


def fraction(seed: str) -> float:
    """Turn a seed into a number from 0 to 1 that is the same on every machine."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 2**32
