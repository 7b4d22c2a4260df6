"""The HTTP requests that a load is made of, as they go over the wire."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from bot.app import WEBHOOK_PATH

_ID_BYTES = 60
"""An id of Webex has about 80 characters."""
_SENT_AT = "2026-11-20T10:47:00.000Z"


def made_up_id() -> str:
    """Draw an id as long as Webex's."""
    return secrets.token_urlsafe(_ID_BYTES)


def request(
    method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> bytes:
    """Write a request for a connection that stays open."""
    named = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def webhook(told: Mapping[str, str], *, secret: str) -> bytes:
    """Write a signed webhook about a message, as long as Webex's are.

    Args:
        told: The ids of the message, its room and its author.
        secret: What the webhook was registered with.
    """
    body = json.dumps(_envelope(told)).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    signed = {"Content-Type": "application/json", "X-Spark-Signature": signature}
    return request("POST", WEBHOOK_PATH, body, signed)


def _envelope(told: Mapping[str, str]) -> dict[str, object]:
    sender = {"personEmail": "ana.ruiz@northwind.example", "roomType": "direct"}
    return {
        "id": made_up_id(),
        "name": "Consentry messages created",
        "targetUrl": f"https://bot.example{WEBHOOK_PATH}",
        "resource": "messages",
        "event": "created",
        "orgId": made_up_id(),
        "createdBy": made_up_id(),
        "appId": made_up_id(),
        "ownedBy": "creator",
        "status": "active",
        "created": _SENT_AT,
        "actorId": told["personId"],
        "data": {**told, **sender, "created": _SENT_AT},
    }
