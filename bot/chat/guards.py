"""Whom the bot answers at all: people, and only those who may talk to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.core.people import Person, is_same_id

IsAllowed = Callable[[Person], bool]


class Halt(Enum):
    """Why somebody is not answered."""

    BOT = "bot"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Allowed:
    """Who may talk to the bot: people of these e-mail domains or of these organisations.

    With neither, nobody may.
    """

    domains: frozenset[str]
    org_ids: frozenset[str]

    def __call__(self, person: Person) -> bool:
        """Tell whether this person may."""
        is_of_domain = person.domain in {domain.lower() for domain in self.domains}
        return is_of_domain or any(is_same_id(person.org_id, org) for org in self.org_ids)


def halted(person: Person, *, is_allowed: IsAllowed) -> Halt | None:
    """Ask the guards in their order; None means that this person is answered."""
    if not person.is_human:  # or two bots might talk for ever
        return Halt.BOT
    if not is_allowed(person):
        return Halt.STRANGER
    return None
