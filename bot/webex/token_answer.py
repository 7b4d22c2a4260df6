"""An answer of the token endpoint: what makes no sense in it counts as not said.

A deadline that is guessed wrong either floods people with warnings or lets a grant die unseen, so
a lifetime is taken only where it is a plain, believable number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from requests import Response

from bot.core import scopes
from bot.core.errors import GrantRefused
from bot.core.refusals import classify
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.webex.answers import json_object, tracking_id
from bot.webex.retry_after import read_retry_after

_LONGEST = timedelta(days=3650).total_seconds()
"""Webex's tokens live hours to months; beyond ten years it is an error, not a lifetime."""
_MOST_DIGITS = 12


def read_tokens(response: Response, *, now: datetime) -> TokenPair:
    """Read the tokens out of an answer, or why there are none.

    Raises:
        GrantRefused: There are none. Only a 4xx or 5xx counts as Webex's own no.
    """
    answer, status = json_object(response), response.status_code
    if status == HTTPStatus.OK and answer:
        return parse_token(answer)
    # Neither a token nor a refusal: a proxy or a sign-in page spoke, not the token endpoint.
    is_refusal = status >= HTTPStatus.BAD_REQUEST
    wait = read_retry_after(response.headers.get("Retry-After"), now=now)
    known = {"trackingId": tracking_id(response), **answer}
    raise GrantRefused(classify(status if is_refusal else 0, known, retry_after=wait))


def parse_token(answer: Mapping[str, object]) -> TokenPair:
    """Read the tokens out of an answer that claims success.

    Raises:
        GrantRefused: There is no access token in it, whatever the status said.
    """
    access = _secret(answer.get("access_token"))
    if access is None:
        raise GrantRefused(classify(HTTPStatus.OK, answer))
    return TokenPair(
        access=access,
        refresh=_secret(answer.get("refresh_token")),
        access_lives=_lifetime(answer.get("expires_in")),
        refresh_lives=_lifetime(answer.get("refresh_token_expires_in")),
        scopes=_scopes(answer.get("scope")),
    )


def _secret(given: object) -> Secret | None:
    return Secret(given) if isinstance(given, str) and given else None


def _lifetime(given: object) -> timedelta | None:
    if (
        isinstance(given, str)
        and given.isascii()
        and given.isdigit()
        and len(given) <= _MOST_DIGITS
    ):
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    # False for NaN, too, which compares with nothing; less than a microsecond is no lifetime.
    return (timedelta(seconds=given) or None) if 0 < given <= _LONGEST else None


def _scopes(given: object) -> tuple[str, ...] | None:
    """Read scopes from a text (RFC 6749 §3.3) or a list, which some answers of Webex hold."""
    if isinstance(given, list):
        given = " ".join(scope for scope in given if isinstance(scope, str))
    return (scopes.parse(given) or None) if isinstance(given, str) else None
