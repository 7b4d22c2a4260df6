"""What the advisor answers: the smallest set of scopes for some tasks, and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.operation import Operation
from bot.catalogue.scope import Confidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """An operation that may be meant, and how likely: 0 to 1."""

    operation: Operation
    score: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """One task as it was asked for, and what we take it to mean.

    Attributes:
        operations: The operations that do it, the likeliest first; the first one is advised.
        is_for_everyone: True where the words ask for other people's data, so that a person's own
            scope would not do.
        is_doubtful: True where another operation with other scopes is nearly as likely.
        refusal: Why Webex cannot do it; empty when it can.
    """

    ask: str
    operations: tuple[Candidate, ...] = ()
    is_for_everyone: bool = False
    is_doubtful: bool = False
    refusal: str = ""


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
