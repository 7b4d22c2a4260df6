"""The administrators as the flows know them: addresses to which alerts go.

They come from the settings, never from a card or from Webex: a bot cannot read anybody's roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.core.keeping import Work
    from bot.core.messages import Message


@dataclass(frozen=True)
class Administrators:
    """Who hears of what concerns the operator: persons, and a space if one is set."""

    addresses: tuple[str, ...]

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
