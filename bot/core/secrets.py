"""A secret that cannot be shown by accident: it masks itself wherever Python turns it into text.

Separate, because everything that ever touches a token or a client secret passes through here.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable


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
            self.reveal().encode(), other.reveal().encode()
        )

    def __hash__(self) -> int:
        """Hash like an equal secret does."""
        return hash(fingerprint(self.reveal()))

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: a pickle is a copy in the clear."""
        message = "A Secret is never pickled. Seal it, or pass a reference to it."
        raise TypeError(message)


class Unopened(Secret):
    """A secret that is opened when it is revealed, so that whoever does not need it cannot fail.

    ``reveal()`` raises SealBroken where it does not open.
    """

    __slots__ = ("_open",)

    def __init__(self, open_it: Callable[[], Secret]) -> None:
        """Take what opens it."""
        super().__init__("unopened")
        self._open = open_it

    def reveal(self) -> str:
        """Open it, and give the value away."""
        return self._open().reveal()


def fingerprint(value: str) -> str:
    """Hash a random value for keeping: 64 hex digits, useless to whoever reads the database.

    Only for values of at least 128 random bits (tickets, states, keys): those cannot be guessed
    from their hash, which a password could.
    """
    return hashlib.sha256(value.encode()).hexdigest()
