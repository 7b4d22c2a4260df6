"""Finds the command that is meant: the one said, or the nearest to a mistyped one.

A mistyped word is taken for a command where only one is near, and that one destroys nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.chat.commands import Command

_NEAR = 0.7
"""How alike two words must be to be suggested: ``hlep`` is like ``help``, ``hello`` is not."""
_CLEARLY = 0.1
"""How much nearer than the next one a command must be, so that only it can be meant."""
_DEFAULT = "help"


@dataclass(frozen=True)
class Understood:
    """What was made of somebody's words. Without a command there are only suggestions."""

    said: str
    rest: str = ""
    command: Command | None = None
    is_guess: bool = False
    suggestions: tuple[Command, ...] = ()


def understand(words: str, commands: Sequence[Command]) -> Understood:
    """Find the command in what was said; whoever says nothing is helped."""
    by_name = {command.name: command for command in commands}
    said, *rests = (words.strip() or _DEFAULT).split(maxsplit=1)
    name, rest = said.lower().strip("/.!?:"), "".join(rests)
    if name in by_name:
        return Understood(said, rest, by_name[name])
    near = _near(name, commands)
    if near and not near[0].is_destructive and _is_clear(name, near):
        return Understood(said, rest, near[0], is_guess=True)
    return Understood(said, rest, suggestions=tuple(near))


def _near(name: str, commands: Sequence[Command]) -> list[Command]:
    near = [command for command in commands if _likeness(name, command) >= _NEAR]
    return sorted(near, key=lambda command: -_likeness(name, command))


def _is_clear(name: str, near: Sequence[Command]) -> bool:
    best, *others = (_likeness(name, command) for command in near)
    return all(best - other >= _CLEARLY for other in others)


def _likeness(name: str, command: Command) -> float:
    return SequenceMatcher(None, name, command.name).ratio()
