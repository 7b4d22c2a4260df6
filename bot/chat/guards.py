"""Whom the bot answers at all. Each guard is small; ``halted`` lists them in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.core.people import Person, is_same_id

IsAllowed = Callable[[Person], bool]


class Halt(Enum):
    """Why somebody is not answered."""

    OURSELVES = "ourselves"
    ANOTHER_BOT = "another bot"
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


def not_ourselves(person: Person, me: Person) -> Halt | None:
    """Stop at the bot's own words: Webex tells a bot of its messages, too."""
    return Halt.OURSELVES if is_same_id(person.id, me.id) else None


def not_another_bot(person: Person, _me: Person) -> Halt | None:
    """Stop at other bots, or two of them might talk for ever."""
    return None if person.is_human else Halt.ANOTHER_BOT


@dataclass(frozen=True)
class AllowedPeopleOnly:
    """Stops at everybody who may not talk to the bot."""

    is_allowed: IsAllowed

    def __call__(self, person: Person, _me: Person) -> Halt | None:
        """Stop at a stranger."""
        return None if self.is_allowed(person) else Halt.STRANGER


def halted(person: Person, *, me: Person, is_allowed: IsAllowed) -> Halt | None:
    """Ask the guards in their order; None means that this person is answered."""
    guards = (not_ourselves, not_another_bot, AllowedPeopleOnly(is_allowed))
    return next((halt for guard in guards if (halt := guard(person, me))), None)
