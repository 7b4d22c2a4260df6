"""All that can be said to the bot and pressed on its cards, in the help card's order.

A new command is a function in the file of its noun and a line here.
"""

from __future__ import annotations

from bot.chat import (
    advise,
    connections,
    consent,
    help,  # noqa: A004 - its noun
    integrations,
    scopes,
)
from bot.chat.router import Router


def router() -> Router:
    """Build the router of all commands and actions."""
    commands = (
        integrations.show,
        consent.connect,
        connections.status,
        connections.disconnect,
        scopes.scopes,
        advise.advise,
        help.show,
    )
    actions = (
        advise.advise_pressed,
        connections.disconnect_pressed,
        connections.keep_pressed,
    )
    return Router(commands, actions)
