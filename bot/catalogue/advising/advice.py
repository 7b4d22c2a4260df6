"""What the advisor answers: the smallest set of scopes for some tasks, and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.operation import Operation
from bot.catalogue.scope import Confidence

_SHOWN_OF_AN_ASK = 80
_NOTHING_FITS = "Nothing in the API fits. Say it in other words, or name the operation."


def shown(ask: str, most: int = _SHOWN_OF_AN_ASK) -> str:
    """Put an ask into one line, short enough to be quoted.

    It is cut in the middle of a word if need be, for an address is a single word.
    """
    line = " ".join(ask.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An operation that may be meant, and how likely: 0 to 1.

    Attributes:
        watches: The resource that a webhook watches, for its scopes hang on that; empty for every
            other operation.
    """

    operation: Operation
    score: float
    watches: str = ""

    @property
    def phrase(self) -> str:
        """The words for which the advisor gives exactly this: ``POST /webhooks on recordings``."""
        name = self.operation.name
        return f"{name} on {self.watches}" if self.watches else name


@dataclass(frozen=True, slots=True)
class Phrase:
    """One task as it was asked for, and what we take it to mean.

    Attributes:
        operations: The operations that do it, the likeliest first; the first one is advised.
        is_for_everyone: True where the words ask for other people's data, so that a person's own
            scope would not do.
        is_doubtful: True where the advised scopes are not likely enough to be given without asking.
        refusal: Why Webex cannot do it; empty when it can.
    """

    ask: str
    operations: tuple[Candidate, ...] = ()
    is_for_everyone: bool = False
    is_doubtful: bool = False
    refusal: str = ""

    @property
    def readings(self) -> tuple[Candidate, ...]:
        """What it may mean: the first for each distinct set of alternatives, likeliest first."""
        distinct: dict[frozenset[frozenset[str]], Candidate] = {}
        for candidate in self.operations:
            distinct.setdefault(frozenset(candidate.operation.any_of), candidate)
        return tuple(distinct.values())

    @property
    def why_not_found(self) -> str:
        """Why no operation does it; empty where one does."""
        return "" if self.operations else self.refusal or _NOTHING_FITS


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a scope is in the set: the operations that would break without it."""

    scope: str
    operations: tuple[Operation, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Advice:
    """The smallest set of scopes for all the tasks together.

    Attributes:
        scopes: The set, sorted; ``spark:kms`` never, for Webex adds that by itself.
        because: A reason for each scope, in the order of ``scopes``.
        phrases: One for each task, in the order in which they were asked for.
        not_found: The tasks that Webex cannot do or that nothing fits; they add no scope.
        notes: What else a person should know, each in a sentence or two.
    """

    scopes: tuple[str, ...]
    because: tuple[Reason, ...]
    phrases: tuple[Phrase, ...]
    not_found: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def not_found_because(self) -> tuple[str, ...]:
        """The reason for each task in ``not_found``, with the task before it."""
        return tuple(
            f"“{shown(phrase.ask)}”: {phrase.why_not_found}"
            for phrase in self.phrases
            if not phrase.operations
        )
