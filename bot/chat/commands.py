"""What a command and a button's action are: a plain function with a name people can say.

A declaration only describes; nothing is registered by importing it. ``repertoire.py`` lists all.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Handler = Callable[..., None]
"""Its parameters are its needs, by the names of ``bot.chat.needs.Needs``."""


@dataclass(frozen=True)
class Press:
    """A button that was pressed: on which message, and what it sent.

    The inputs are the presser's word: a reference, never a proof.
    """

    message_id: str
    inputs: Mapping[str, object]


NO_PRESS = Press("", {})


@dataclass(frozen=True)
class Command:
    """Something that people can say. ``usage`` shows what may follow the name.

    A private one is answered in the person's 1:1 space; a destructive one is never guessed.
    """

    name: str
    handler: Handler
    summary: str
    usage: str
    is_private: bool = False
    is_destructive: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of what the handler asks for."""
        return _parameters(self.handler)


@dataclass(frozen=True)
class Action:
    """Something that a card's button does."""

    name: str
    handler: Handler

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of what the handler asks for."""
        return _parameters(self.handler)


def command(
    name: str,
    *,
    summary: str,
    usage: str = "",
    is_private: bool = False,
    is_destructive: bool = False,
) -> Callable[[Handler], Command]:
    """Make a function a command.

    Args:
        name: The word that people say.
        summary: What it does, for the help card.
        usage: The name and what may follow it, where something may.
        is_private: True where the answer is nobody else's business.
        is_destructive: True where a mistyped name must not be enough.
    """

    def declare(handler: Handler) -> Command:
        return Command(name, handler, summary, usage or name, is_private, is_destructive)

    return declare


def action(name: str) -> Callable[[Handler], Action]:
    """Make a function what a button does; its card sends ``{"action": name}``."""

    def declare(handler: Handler) -> Action:
        return Action(name, handler)

    return declare


def _parameters(handler: Handler) -> tuple[str, ...]:
    return tuple(inspect.signature(handler).parameters)
