"""Leads what was said or pressed to its handler, and gives the handler what it needs.

A handler is a plain function whose parameters are its needs, by the names of
:class:`bot.chat.needs.Needs`; a name that is not offered there is an error when the bot starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from bot.chat.commands import Action, Command
from bot.chat.needs import Needs
from bot.chat.reply import Reply
from bot.chat.understanding import Understood, understand
from bot.core.errors import BadInput, ConsentryError

SAY = "say"
"""The action of a button that stands for typing the words in its ``say``."""
_LONGEST_REST = 100
"""What is offered again on a button stays short, whatever somebody sent."""


class HandlerBroken(ConsentryError):
    """A handler asks for something that nobody offers, or its name is taken."""


class Router:
    """Everything that can be said and pressed."""

    def __init__(self, commands: Sequence[Command], actions: Sequence[Action]) -> None:
        """Check and keep the handlers.

        Raises:
            HandlerBroken: Names all faults together.
        """
        self.commands = tuple(commands)
        self._actions = {action.name: action for action in actions}
        found = "; ".join([*_unknown_needs((*commands, *actions)), *_taken(commands, actions)])
        if found:
            known = ", ".join(field.name for field in fields(Needs))
            raise HandlerBroken(f"{found}.", advice=f"A handler may ask for: {known}.")

    @property
    def actions(self) -> frozenset[str]:
        """The names that a card's Submit button may send."""
        return frozenset({SAY, *self._actions})

    def say(self, words: str, needs: Needs) -> None:
        """Answer what somebody said."""
        understood = understand(words, self.commands)
        command, reply = understood.command, needs.reply
        if command is None:
            _ask_back(understood, reply)
            return
        if understood.is_guess:
            reply.line("understood", said=understood.said, meant=command.name)
        if command.is_private:
            reply = reply.in_private()
        _run(command, replace(needs, words=understood.rest, reply=reply))

    def press(self, needs: Needs) -> None:
        """Answer a press of a button.

        Raises:
            BadInput: The button is one that this version does not know.
        """
        inputs = needs.press.inputs
        name = str(inputs.get("action", ""))
        if name == SAY:
            typed = f"{inputs.get('say', '')} {inputs.get('words', '')}"
            self.say(typed, needs)
        elif name in self._actions:
            _run(self._actions[name], needs)
        else:
            raise BadInput(
                "This button is from an older version of mine.",
                advice="Say “help” to see what I can do now.",
            )


def _run(handler: Command | Action, needs: Needs) -> None:
    handler.handler(**{name: getattr(needs, name) for name in handler.needs})


def _ask_back(understood: Understood, reply: Reply) -> None:
    rest = understood.rest[:_LONGEST_REST]
    suggestions = [
        {"words": f"{command.name} {rest}".strip()} for command in understood.suggestions
    ]
    reply(
        "did_you_mean",
        said=understood.said,
        suggestions=suggestions,
        is_near=bool(suggestions),
    )


def _unknown_needs(handlers: Sequence[Command | Action]) -> Iterator[str]:
    known = {field.name for field in fields(Needs)}
    for handler in handlers:
        for name in handler.needs:
            if name not in known:
                yield f"The handler of {handler.name!r} asks for {name!r}, which nobody offers"


def _taken(commands: Sequence[Command], actions: Sequence[Action]) -> Iterator[str]:
    for kind, names in (
        ("command", [command.name for command in commands]),
        ("action", [SAY, *(action.name for action in actions)]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"The {kind} {name!r} is declared twice"
