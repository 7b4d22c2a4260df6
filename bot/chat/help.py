"""``help``: what the bot can do, as a card."""

from __future__ import annotations

from bot.chat.commands import Command, command
from bot.chat.reply import Reply
from bot.core.people import Room


@command("help", summary="Shows what I can do here.")
def show(commands: tuple[Command, ...], room: Room, reply: Reply) -> None:
    """Show what the bot can do here."""
    said = [{"say": command.usage, "does": command.summary} for command in commands]
    reply("help", commands=said, is_group=not room.is_direct)
