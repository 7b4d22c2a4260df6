"""A secret that cannot be shown by accident: it masks itself wherever Python turns it into text.

Separate, because everything that ever touches a token or a client secret passes through here.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn


class Secret:
    """A string that only ``reveal()`` gives away; repr, str, format and pickle do not."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Wrap a value that nobody may read in passing."""
        self._value = value

    def reveal(self) -> str:
        """Give the value away. A test lists the few places that may call this."""
        return self._value

    def __repr__(self) -> str:
        """Show that there is a secret, not which."""
        return "Secret(present)" if self._value else "Secret(empty)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        """Mask f-strings too."""
        return format(repr(self), spec)

    def __bool__(self) -> bool:
        """Tell whether there is anything to keep secret."""
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        return isinstance(other, Secret) and hmac.compare_digest(
            self._value.encode(), other._value.encode()
        )

    def __hash__(self) -> int:
        """Hash like an equal secret does."""
        return hash(fingerprint(self._value))

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: a pickle is a copy in the clear."""
        message = "A Secret is never pickled. Seal it, or pass a reference to it."
        raise TypeError(message)


def fingerprint(value: str) -> str:
    """Hash a random value for keeping: 64 hex digits, useless to whoever reads the database.

    Only for values of at least 128 random bits (tickets, states, keys): those cannot be guessed
    from their hash, which a password could.
    """
    return hashlib.sha256(value.encode()).hexdigest()
