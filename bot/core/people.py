"""Who speaks, and where: people, spaces, and the two spellings that Webex has for one id."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody at Webex. A bot is a person, too, whose ``is_human`` is false."""

    id: str
    email: str
    name: str = ""
    org_id: str = ""
    is_human: bool = True

    @property
    def domain(self) -> str:
        """The part of the e-mail address after its one @, in lower case; empty if it is odd.

        Only ASCII counts: other letters may look alike, or turn into others in lower case.
        """
        name, _, domain = self.email.partition("@")
        is_plain = bool(name) and "@" not in domain and self.email.isascii()
        return domain.lower() if is_plain else ""

    def has_email(self, email: str) -> bool:
        """Tell whether this is the person's address, in whatever case; only ASCII counts."""
        return self.email.isascii() and self.email.lower() == email.lower()

    @property
    def called(self) -> str:
        """What to call this person: the display name, or else the address."""
        return self.name or self.email


@dataclass(frozen=True)
class Room:
    """Where something was said: a 1:1 space or a group space."""

    id: str
    is_direct: bool


def bare_id(webex_id: str) -> str:
    """Reduce a Webex id to what identifies: the last part of the URI that it encodes.

    Webex writes one id both as base64 of ``ciscospark://us/PEOPLE/<uuid>`` and as the bare uuid,
    and the geography in the URI may differ between two answers about one person.
    """
    padded = webex_id + "=" * (-len(webex_id) % 4)
    try:
        decoded = base64.urlsafe_b64decode(padded).decode()
    except ValueError:  # no ASCII, no base64 or no text: then it is no such URI
        return webex_id
    return decoded.rpartition("/")[2] if decoded.startswith("ciscospark://") else webex_id


def is_same_id(one: str, other: str) -> bool:
    """Tell whether two spellings name the same thing. An empty id names nothing."""
    return bool(one) and bare_id(one) == bare_id(other)
