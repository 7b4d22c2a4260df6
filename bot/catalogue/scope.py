"""One scope, explained: what it opens, whose data, how dangerous, and how sure we are.

Only the value stands here, so that reading, searching and summing up can each share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ALL_OF_A_PERSON = "spark:all"
"""Stands for all ordinary user scopes at once, so that it would answer any question."""


class Level(StrEnum):
    """Whose power a scope lends, and so who must grant it."""

    USER = "user"
    ADMIN = "admin"
    COMPLIANCE = "compliance"
    AGENT = "agent"
    APP = "app"
    LOGIN = "login"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """Whether a scope lets an integration look, act, or both."""

    READ = "read"
    WRITE = "write"
    READ_WRITE = "read+write"
    OTHER = "other"


class Risk(StrEnum):
    """How much harm the scope can do in wrong hands, the least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Order the risks, so that ``max`` finds the worst."""
        return list(Risk).index(self)


class Confidence(StrEnum):
    """How well a fact is founded: stated by Webex, stated for its kind, or inferred."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Area(StrEnum):
    """The parts of Webex that a scope touches. The first eight are those of Webex itself."""

    MEETINGS = "Meetings"
    PEOPLE = "People"
    ROOMS = "Rooms"
    MESSAGES = "Messages"
    TEAMS = "Teams"
    DEVICES = "Devices"
    RECORDINGS = "Recordings"
    CALLING = "Calling"
    CONTACT_CENTER = "Contact Center"
    ADMIN = "Admin"
    PARTNER = "Partner"
    APPS = "Apps"
    LOGIN = "Login"


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope in plain words, as a consent card, a page or the command line shows it.

    Attributes:
        matter: What it is about, in a few words that stand behind “reads” or “changes”.
        why: The reason for the risk, in a few words.
        grantable_by: Who must grant it so that it has an effect.
        narrower: Neighbours for the same matter that reach less: only reading, or fewer people.
            They help to choose; holding the wider one does not promise that it covers them:
            only ``spark:all`` does, see ``stands_for``.
        wider: Neighbours that reach more, the other way round.
        deprecated: True when Webex has withdrawn or replaced it.
        documented: False when Webex publishes nothing that says what it opens.
        known: False for a name that the catalogue does not hold.
    """

    name: str
    matter: str
    explains: str
    does_not: str
    level: Level
    access: Access
    risk: Risk
    why: str
    grantable_by: str
    areas: tuple[Area, ...]
    confidence: Confidence
    narrower: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    deprecated: bool = False
    documented: bool = True
    note: str = ""
    known: bool = True

    @property
    def can_read(self) -> bool:
        """Whether it shows the integration something."""
        return self.access in {Access.READ, Access.READ_WRITE}

    @property
    def can_change(self) -> bool:
        """Whether it lets the integration do more than look."""
        return self.access is not Access.READ

    @property
    def reaches_beyond_a_person(self) -> bool:
        """Whether it opens other people's data: an administrator's, compliance or partner scope."""
        return self.level in {Level.ADMIN, Level.COMPLIANCE} or Area.PARTNER in self.areas

    @property
    def can_write(self) -> bool:
        """Whether it changes what is stored at Webex."""
        return self.access in {Access.WRITE, Access.READ_WRITE}

    @property
    def stands_for(self) -> frozenset[str]:
        """Every scope that counts as held with this one: itself, mostly."""
        whole = self.narrower if self.name == ALL_OF_A_PERSON else ()
        return frozenset({self.name, *whole})

    @classmethod
    def unknown(cls, name: str) -> Scope:
        """Stand in for a name that the catalogue lacks: suspect the worst, promise nothing."""
        return cls(
            name=name,
            matter="nobody knows what",
            explains="Do something that we know nothing about.",
            does_not="Cannot be judged, so nothing can be ruled out.",
            level=Level.UNKNOWN,
            access=Access.OTHER,
            risk=Risk.HIGH,
            why="not in the catalogue",
            grantable_by="unknown",
            areas=(),
            confidence=Confidence.LOW,
            documented=False,
            note="Check the spelling, and ask the integration's owner what it is for.",
            known=False,
        )
