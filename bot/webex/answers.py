"""What an answer of Webex means: its status as our errors, its JSON read with doubt.

Separate, because the bot's account and people's tokens are asked over different libraries, and a
429 means the same in both. No error quotes a body: it may echo what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from requests import RequestException, Response
from urllib3.exceptions import MaxRetryError

from bot.core.errors import WebexBusy, WebexRefused
from bot.webex.retry_after import read_retry_after

_NOT_NOW = (408, 423, 425, 429)
"""Statuses that pass without our doing; the message of a 423 is still being scanned."""
_TRACKING_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)


def refuse_unless_good(response: Response, *, now: datetime) -> None:
    """Let a 2xx pass and raise our error for anything else, a redirect included.

    Raises:
        WebexBusy: Asking again later may help. After a 5xx it may be done all the same.
        WebexRefused: Asking again will not help.
    """
    status = response.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    said = f"Webex answered {status} to {response.request.method}{_tracking(response)}."
    if status in _NOT_NOW or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise WebexBusy(
            said,
            retry_after=read_retry_after(response.headers.get("Retry-After"), now=now),
            was_maybe_done=status >= HTTPStatus.INTERNAL_SERVER_ERROR,
        )
    raise WebexRefused(said, status=status)


def lost(error: RequestException) -> WebexBusy:
    """Say that no whole answer came, and whether the request may have arrived all the same.

    ``requests`` wraps a MaxRetryError when no connection came about; after that, anything may
    have happened.
    """
    was_connected = not (error.args and isinstance(error.args[0], MaxRetryError))
    return WebexBusy(
        f"Webex gave no answer ({type(error).__name__}).", was_maybe_done=was_connected
    )


def unreadable(what: str) -> WebexBusy:
    """Say that Webex agreed, but in words that make no sense."""
    return WebexBusy(f"Webex gave an answer that cannot be read: {what}.", was_maybe_done=True)


def json_object(response: Response) -> Mapping[str, object]:
    """Read the JSON object of an answer; empty where it is none."""
    try:
        given = response.json()
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def text(answer: object, name: str) -> str:
    """Read one text out of an answer; empty where it is missing or no text."""
    given = answer.get(name) if isinstance(answer, Mapping) else None
    return clean(given) if isinstance(given, str) else ""


def clean(given: str) -> str:
    """Replace what no database keeps: halves of characters, and the character zero."""
    return given.encode(errors="replace").decode().replace("\0", "")


def identifier(answer: object) -> str:
    """Read the id of what Webex answered with.

    Raises:
        WebexBusy: There is none, so nothing can be done with this answer.
    """
    if found := text(answer, "id"):
        return found
    raise unreadable("it has no id")


def tracking_id(response: Response) -> str:
    """Read the id under which Cisco's support finds this call; empty where it looks odd."""
    given = response.headers.get("trackingId", "")
    return given if _TRACKING_ID.fullmatch(given) else ""


def _tracking(response: Response) -> str:
    found = tracking_id(response)
    return f" (tracking id {found})" if found else ""
