"""What a refusal of the token endpoint means.

Webex says the same thing in several dresses: the identity service answers with ``error`` and
``error_description``, webexapis.com wraps it into ``message`` and ``errors[].description``, and a
dead refresh token comes as ``invalid_request`` rather than ``invalid_grant`` (webex-js-sdk, unit
tests of credentials; developer.webex.com/docs/login-with-webex). So all texts are read together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

UNKNOWN_BECOMES_GONE_AFTER = 3
"""How many refusals in a row that nobody can read are taken for a definite one."""

_UNAUTHORIZED, _TOO_MANY, _SERVER = 401, 429, 500
_TIMEOUTS = (408, 423, 425)
_CLIENT_WORDS = (
    "invalid_client",
    "unauthorized_client",
    "client id is invalid",
    "client secret",
    "clientsecret",
    "client credentials",
    "client authentication",
)
_GRANT_WORDS = (
    "invalid_grant",
    "invalid_request",
    "refresh token",
    "refresh_token",
    "authorization code",
    "expired, revoked",
    "tokenlimit_reached",
    "access_denied",
)


class RefusalKind(StrEnum):
    """What becomes of the connection."""

    GONE = "gone"
    CLIENT = "client"
    PASSING = "passing"
    UNKNOWN = "unknown"

    @property
    def advice(self) -> str:
        """What the reader of an error should do now."""
        return _ADVICE[self]


_ADVICE = {
    RefusalKind.GONE: "The person has to consent again.",
    RefusalKind.CLIENT: "Check the integration's client id and secret; consenting does not help.",
    RefusalKind.PASSING: "Nothing to do: it is tried again by itself.",
    RefusalKind.UNKNOWN: "It is tried again; if it repeats, the person has to consent again.",
}


@dataclass(frozen=True)
class Refusal:
    """A classified no. The detail names codes and statuses only, never what Webex echoed."""

    kind: RefusalKind
    detail: str
    retry_after: timedelta | None = None
    tracking_id: str = ""


def classify(
    status: int, body: Mapping[str, object], *, retry_after: timedelta | None = None
) -> Refusal:
    """Read a refusal of the token endpoint.

    Args:
        status: The HTTP status; 0 when there was no answer at all.
        body: The JSON answer, or an empty mapping where it was not JSON.
        retry_after: How long Webex asks us to wait, if it said so.
    """
    text = " ".join(_texts(body)).lower()
    tracking = body.get("trackingId") or body.get("trackingID") or ""
    kind = _kind(status, text)
    code = body.get("error")
    known = code if isinstance(code, str) and code.isidentifier() else "no code"
    detail = f"HTTP {status}, {known}" if status else "no answer"
    return Refusal(kind, detail, retry_after, str(tracking))


def _kind(status: int, text: str) -> RefusalKind:
    if status in (0, _TOO_MANY, *_TIMEOUTS) or status >= _SERVER:
        return RefusalKind.PASSING
    if any(word in text for word in _CLIENT_WORDS):
        return RefusalKind.CLIENT
    if any(word in text for word in _GRANT_WORDS):
        return RefusalKind.GONE
    # A 401 without a word about the grant is about who we are, not about whom we act for.
    if status == _UNAUTHORIZED:
        return RefusalKind.CLIENT
    return RefusalKind.UNKNOWN


def _texts(body: Mapping[str, object]) -> Iterator[str]:
    for key in ("error", "error_description", "message"):
        yield str(body.get(key, ""))
    errors = body.get("errors")
    for item in errors if isinstance(errors, list) else []:
        if isinstance(item, dict):
            yield f"{item.get('description', '')} {item.get('code', '')}"
