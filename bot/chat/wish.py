"""What somebody wants an integration to do: their tasks, and what they answered about them.

It travels in the buttons of a question and comes back by the presser's hand, so that everything in
it is checked again; it says what to look up and opens nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.catalogue.advising.tasks import tasks_in
from bot.core.errors import BadInput

MOST_TASKS = 20
LONGEST = 1000
"""In characters; no more of what a person types into a card, or a button brings back, is read."""
MOST_CARRIED = 850
"""In bytes of JSON. What was chosen adds a path to it, and a card holds all of it five times."""
MOST_QUESTIONS = 3
_COUNT = re.compile(r"[0-9]{1,3}")
_LONGEST_SAYING = 300
"""What is longer nobody types; a button carries it all the same."""


@dataclass(frozen=True)
class Wish:
    """Tasks in their order, those that are none of what we offered, and how often we asked."""

    tasks: tuple[str, ...]
    set_aside: tuple[str, ...] = ()
    asked: int = 0

    @classmethod
    def spoken(cls, words: str) -> Wish:
        """Read what somebody said.

        Raises:
            BadInput: It is too long, or holds too many tasks.
        """
        if len(words) > LONGEST:
            raise BadInput(
                f"That is {len(words):,} characters long; I read up to {LONGEST:,} at once.",
                advice="Say in a few words what the integration shall do, each task in a line.",
            )
        tasks = tasks_in("".join(sign if _is_text(sign) else " " for sign in words))
        if len(tasks) > MOST_TASKS:
            raise BadInput(
                f"I count {len(tasks)} tasks; I take up to {MOST_TASKS} at once.",
                advice="Ask in two messages; an integration needs the scopes of both answers.",
            )
        return cls(tasks)

    @classmethod
    def returned(cls, inputs: Mapping[str, object]) -> Wish:
        """Read what a button brought back.

        Raises:
            BadInput: It is nothing that a button of ours holds.
        """
        tasks, aside = _lines(inputs.get("tasks")), _lines(inputs.get("aside"))
        asked = _COUNT.fullmatch(str(inputs.get("asked")))
        if asked is None or not 0 < len(tasks) + len(aside) <= MOST_TASKS:
            raise BadInput(
                "I cannot read what this button brought me.",
                advice="Say “advise” and what the integration shall do.",
            )
        return cls(tasks, aside, int(asked[0]))

    @property
    def may_be_questioned(self) -> bool:
        """Whether one more question is no burden, neither for the person nor for the card."""
        carried = len(json.dumps([*self.tasks, *self.set_aside]))
        return self.asked < MOST_QUESTIONS and carried <= MOST_CARRIED

    def choosing(self, task: str, chosen: str) -> Wish:
        """Put what a person chose into the place of a task."""
        tasks = tuple(chosen if one == task else one for one in self.tasks)
        return replace(self, tasks=tasks, asked=self.asked + 1)

    def setting_aside(self, task: str) -> Wish:
        """Take out a task that is none of what we offered."""
        tasks = tuple(one for one in self.tasks if one != task)
        return replace(self, tasks=tasks, set_aside=(*self.set_aside, task), asked=self.asked + 1)

    def carried(self) -> dict[str, object]:
        """Give what a button carries, all of it words, for only words come back unchanged."""
        return {
            "tasks": "\n".join(self.tasks),
            "aside": "\n".join(self.set_aside),
            "asked": str(self.asked),
        }

    @property
    def is_long(self) -> bool:
        """Whether nobody would type all of it."""
        return len("; ".join(self.tasks)) > _LONGEST_SAYING

    def saying(self, first: str) -> str:
        """Give the words to type instead of a press; of a long wish only what comes first."""
        return f"advise {first if self.is_long else '; '.join(self.tasks)}".strip()


def _is_text(sign: str) -> bool:
    return sign.isprintable() or sign == "\n"


def _lines(text: object) -> tuple[str, ...]:
    """Read the lines that a button brought; none where it brought something else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return ()
    lines = ("".join(filter(str.isprintable, line)).strip() for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))
