"""The cookie by which a browser is known again between the link and Webex's answer.

It says nothing about the person: a random value, signed so that no other site can plant one.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from flask import Request, Response
from itsdangerous import BadSignature, Signer

from bot.core.secrets import Secret

_RANDOM_BYTES = 32
_LIVES = timedelta(hours=1)
"""Outlives the longest consent; the next link prolongs it."""


class BrowserCookie:
    """Knows a browser again.

    Args:
        secret_key: Signs the cookie.
        is_secure: Whether browsers come over TLS. Then the cookie insists on it and, by its
            ``__Host-`` name, on coming from this very host.
    """

    def __init__(self, secret_key: Secret, *, is_secure: bool) -> None:
        self._signer = Signer(
            secret_key.reveal(),
            salt="consentry.browser",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )
        self._is_secure = is_secure
        self._name = "__Host-browser" if is_secure else "browser"

    def read(self, request: Request) -> str:
        """Read this browser's value; empty where it has none of ours."""
        try:
            return self._signer.unsign(request.cookies.get(self._name, "")).decode()
        except BadSignature:
            return ""

    def new_value(self) -> str:
        """Draw a value for a browser that has none."""
        return secrets.token_urlsafe(_RANDOM_BYTES)

    def write(self, response: Response, value: str) -> None:
        """Give the browser its value with this answer."""
        response.set_cookie(
            self._name,
            self._signer.sign(value).decode(),
            max_age=_LIVES,
            secure=self._is_secure,
            httponly=True,
            samesite="Lax",  # Webex sends the browser back to us, which Strict would forget
        )
