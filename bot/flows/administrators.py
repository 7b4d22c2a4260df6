"""The administrators as the flows know them: addresses to which alerts go.

They come from the settings, never from a card or from Webex: a bot cannot read anybody's roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.messages import To, address

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.core.keeping import Work
    from bot.core.messages import Message
    from bot.core.people import Person


@dataclass(frozen=True)
class Administrators:
    """Who hears of what concerns the operator: persons, and a space if one is set."""

    addresses: tuple[str, ...]

    def include(self, person: Person) -> bool:
        """Tell whether this person is one of them; who merely sits in their space is not."""
        named = (address(text) for text in self.addresses)
        return any(one.to is To.EMAIL and person.has_email(one.id) for one in named)

    def tell(
        self, work: Work, compose: Callable[[str], Message], *, now: datetime, key: str = ""
    ) -> None:
        """Tell each of them, as part of the caller's transaction.

        Args:
            work: The transaction.
            compose: Makes the message for one address.
            now: The time.
            key: Says this at most once per address under this key.
        """
        for recipient in self.addresses:
            message = compose(recipient)
            if key:
                message = message.under(f"{key}:{recipient}")
            work.outbox.put(message, now=now)
