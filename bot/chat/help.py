"""What the bot can do, as a card: for who asks, and for a space that it was just added to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.commands import Command, command
from bot.chat.reply import Reply
from bot.core.people import Room


@command("help", summary="Shows what I can do here.")
def show(commands: tuple[Command, ...], room: Room, reply: Reply) -> None:
    """Show what the bot can do here."""
    reply("help", **overview(commands, room))


def overview(commands: Sequence[Command], room: Room) -> dict[str, object]:
    """Give the facts of the help card."""
    return {
        "commands": [{"say": said.usage, "does": said.summary} for said in commands],
        "is_group": not room.is_direct,
    }
