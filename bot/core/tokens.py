"""What the token endpoint gives: two secrets and how long each lives.

Lifetimes, not deadlines: a deadline needs a now, and only the flow that asked knows when it asked.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.core.secrets import Secret


@dataclass(frozen=True)
class TokenPair:
    """An answer of the token endpoint. What Webex left out is None, never a guess."""

    access: Secret
    refresh: Secret | None = None
    access_lives: timedelta | None = None
    refresh_lives: timedelta | None = None
    scopes: tuple[str, ...] | None = None


def pkce_challenge(verifier: str) -> str:
    """Derive the S256 code challenge of a verifier (RFC 7636 §4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
