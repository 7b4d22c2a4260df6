"""What declared tasks demand of a set of scopes, as far as they are clear.

Separate from the check, because here it is decided which readings of a task are sure enough to find
fault with an integration; the check itself then only compares sets.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.catalogue.advising.advice import Phrase, shown
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.scope import Confidence
from bot.core.finding import Unclear

_READINGS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Demand:
    """What a clear task demands.

    Attributes:
        title: The task, and the operation that does it.
        any_of: The sets of scopes of which each does; all of them, not the modest ones alone.
        advised: Those of the sets that the advisor would ask for.
        scopes: Every scope that plays a part in the operation.
    """

    task: str
    operation: str
    title: str
    any_of: tuple[frozenset[str], ...]
    advised: tuple[frozenset[str], ...]
    scopes: frozenset[str]
    is_inferred: bool = False

    def is_met_by(self, scopes: Collection[str]) -> bool:
        """Whether the task can be done with these scopes."""
        return any(one <= frozenset(scopes) for one in self.any_of)


@dataclass(frozen=True, slots=True)
class Demands:
    """All that the tasks of an integration demand.

    Attributes:
        advised: The smallest set of scopes for all of them.
        unclear: The tasks that demand nothing we could be sure of, each with the reason.
        maybe: The scopes that an unclear task may need.
    """

    clear: tuple[Demand, ...]
    advised: frozenset[str]
    unclear: tuple[Unclear, ...]
    maybe: frozenset[str]


def demands_of(tasks: Sequence[str], advisor: Advisor) -> Demands:
    """Read the declared tasks."""
    advice = advisor.advise(tasks)
    advised = frozenset(advice.scopes)
    doubts = [(phrase, _doubt(phrase)) for phrase in advice.phrases]
    guesses = [one.operation for phrase, doubt in doubts if doubt for one in phrase.readings]
    return Demands(
        clear=tuple(_demand(phrase, advisor, advised) for phrase, doubt in doubts if not doubt),
        advised=advised,
        unclear=tuple(Unclear(phrase.ask, doubt) for phrase, doubt in doubts if doubt),
        maybe=frozenset().union(*(operation.scopes for operation in guesses)),
    )


def _demand(phrase: Phrase, advisor: Advisor, advised: frozenset[str]) -> Demand:
    meant, alternatives = phrase.operations[0], advisor.alternatives(phrase)
    operation, ask = meant.operation, shown(phrase.ask)
    return Demand(
        task=phrase.ask,
        operation=operation.name,
        title=ask if ask == meant.phrase else f"“{ask}” ({meant.phrase})",
        # Whose data is meant is read from the words, and a guess must not accuse.
        any_of=operation.any_of,
        advised=tuple(one for one in alternatives if one <= advised),
        scopes=operation.scopes,
        is_inferred=operation.confidence is Confidence.LOW,
    )


def _doubt(phrase: Phrase) -> str:
    """Say why a task is not clear; empty when it is."""
    if not phrase.operations:
        return phrase.why_not_found
    operation = phrase.operations[0].operation
    if not operation.any_of:
        return f"Webex does not say which scope {operation.name} needs."
    if not phrase.is_doubtful:
        return ""
    named = phrase.readings[:_READINGS_NAMED]
    told = (f"{one.phrase} ({one.operation.title})" for one in named)
    return f"It may mean {' or '.join(told)}."
