"""One operation of Webex's API: what it is called, and which scopes let an integration use it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.catalogue.scope import Confidence


class Product(StrEnum):
    """The part of Webex that an operation belongs to, as Webex divides its API reference."""

    MESSAGING = "messaging"
    MEETINGS = "meetings"
    CALLING = "calling"
    DEVICES = "devices"
    ADMIN = "admin"
    CONTACT_CENTER = "contact-center"
    BROADWORKS = "broadworks"
    WHOLESALE = "wholesale"
    UCM = "ucm"
    OAUTH = "oauth"


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path, such as ``GET /rooms/{roomId}``.

    Attributes:
        title: What Webex calls it; attribution in NOTICE.
        group: The heading under which Webex documents it.
        any_of: The alternatives; each is a set of scopes that are all needed. No alternative at
            all means that nobody published which scope it needs; one empty set, that it needs none.
        confidence: How well the alternatives are founded.
        roles: The roles, as Webex names them, of which the person must hold one.
        is_beta: True while Webex calls it a beta.
        doubt: What is odd about what Webex publishes, if anything.
    """

    method: str
    path: str
    title: str
    product: Product
    group: str
    any_of: tuple[frozenset[str], ...]
    confidence: Confidence
    roles: tuple[str, ...] = ()
    is_beta: bool = False
    doubt: str = ""

    @property
    def name(self) -> str:
        """The method and the path, by which everybody tells operations apart."""
        return f"{self.method} {self.path}"

    @property
    def scopes(self) -> frozenset[str]:
        """Every scope that plays a part in it."""
        return frozenset().union(*self.any_of)
