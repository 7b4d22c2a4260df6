"""The cards: read and checked once, and filled whenever something is said.

A card is named like the notice or the answer that it shows. Its file is plain Adaptive Card JSON,
so a designer can open it; ``cards/samples`` holds an example of what each is given.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.chat.card_binding import Facts, bind
from bot.chat.card_rules import MOST_ACTIONS, count_actions, faults
from bot.chat.fallback import as_markdown
from bot.core.errors import ConsentryError
from bot.core.messages import Address, Card, Message

_BOT = Path(__file__).parents[1]


class CardsBroken(ConsentryError):
    """A card file cannot be used."""


def find_directory() -> Path:
    """Find the cards: inside the package when it was installed, else beside it in a checkout."""
    installed = _BOT / "_cards"
    return installed if installed.is_dir() else _BOT.parent / "cards"


class CardBook:
    """Every card, ready to be filled."""

    def __init__(self, directory: Path, *, actions: Collection[str]) -> None:
        """Read and check all cards.

        Args:
            directory: Where the files are.
            actions: The names that a Submit button may send.

        Raises:
            CardsBroken: Names all faults of all files together.
        """
        texts = {path.stem: path.read_text("utf-8") for path in sorted(directory.glob("*.json"))}
        self._cards = {name: _parsed(text) for name, text in texts.items()}
        found = [
            f"{name}.json: {fault}"
            for name, card in self._cards.items()
            for fault in faults(card, actions=actions)
        ]
        if found or not self._cards:
            listed = "; ".join(found) or "there is no card"
            raise CardsBroken(
                f"In {directory}: {listed}.", advice="Correct the files; start again."
            )

    def __iter__(self) -> Iterator[str]:
        """Name the cards."""
        return iter(self._cards)

    def bind(self, name: str, facts: Facts) -> Card:
        """Fill a card.

        Raises:
            CardsBroken: There is no such card, or it has too many buttons once filled.
            SlotBroken: A slot got no value, or one that does not fit.
        """
        if name not in self._cards:
            raise CardsBroken(f"There is no card {name!r}.", advice=f"Add cards/{name}.json.")
        card = bind(f"cards/{name}.json", self._cards[name], facts)
        if count_actions(card) > MOST_ACTIONS:
            raise CardsBroken(
                f"cards/{name}.json has more than {MOST_ACTIONS} buttons once it is filled.",
                advice="Give it a shorter list; Webex draws no more.",
            )
        return card

    def message(self, to: Address, name: str, facts: Facts) -> Message:
        """Say something with a card, and the same in Markdown for clients that draw none."""
        card = self.bind(name, facts)
        return Message(to=to, markdown=as_markdown(card), card=card)


def _parsed(text: str) -> Card:
    try:
        card = json.loads(text)
    except json.JSONDecodeError as error:
        return {"type": f"not JSON ({error})"}
    return card if isinstance(card, dict) else {"type": "no object"}
