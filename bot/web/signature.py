"""Whether a webhook comes from Webex: an HMAC over the very bytes that arrived.

Webex signs with SHA-1 in ``X-Spark-Signature`` (developer.webex.com, Webhooks). For some kinds of
webhook a newer ``X-Webex-Signature`` with SHA-256 or SHA-512 is reported; the length tells which.
"""

from __future__ import annotations

import hmac

from werkzeug.datastructures import Headers

from bot.core.secrets import Secret

_HEADERS = ("X-Spark-Signature", "X-Webex-Signature")
_DIGESTS = {40: "sha1", 64: "sha256", 128: "sha512"}


def is_signed(headers: Headers, body: bytes, secret: Secret) -> bool:
    """Tell whether one of the signatures fits. Without a secret nothing counts as signed.

    Args:
        headers: The request's headers.
        body: The raw bytes, before anybody parsed them.
        secret: What the webhooks were registered with.
    """
    return any(_fits(headers.get(name, ""), body, secret) for name in _HEADERS)


def _fits(signature: str, body: bytes, secret: Secret) -> bool:
    given = signature.strip().lower()
    digest = _DIGESTS.get(len(given))
    if digest is None or not secret:
        return False
    expected = hmac.new(secret.reveal().encode(), body, digest).hexdigest()
    # As bytes, because comparing texts fails on anything but ASCII.
    return hmac.compare_digest(expected.encode(), given.encode())
