"""How far this machine's clock is from Webex's.

Separate, because only a diagnosis asks: deadlines are computed here, but kept there.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import requests

from bot.webex.answers import lost

if TYPE_CHECKING:
    from bot.core.ports import Clock

_SECONDS = 10


def clock_skew(api_url: str, clock: Clock) -> timedelta | None:
    """Compare with the Date of an answer: positive where we are ahead, None without one.

    Raises:
        WebexBusy: Webex cannot be reached.
    """
    try:
        answer = requests.head(f"{api_url}/people/me", timeout=_SECONDS)
    except requests.RequestException as error:
        raise lost(error) from error
    try:
        return clock() - parsedate_to_datetime(answer.headers.get("Date", ""))
    except (TypeError, ValueError):  # no date at all, or one without a zone
        return None
