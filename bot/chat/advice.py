"""Lays out an advice for its card: the set, the reason for each scope, what could not be found.

Apart from the command, because cutting to what a card can hold is a matter of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from bot.catalogue.advising.advice import Advice, Phrase, Reason, shown
from bot.catalogue.operation import Operation
from bot.catalogue.scope import Confidence, Scope
from bot.catalogue.scopes import Catalogue
from bot.chat.picture import shortened
from bot.chat.wording import RISK_COLOURS, caveat, counted

_FEW = 6
"""Up to so many scopes are told at length; more have to share the room of the card."""
_MOST_NEEDS = 3
_MOST_OTHERS = 5
_MOST_NOTES = 8
_LONGEST_LINE = 240
_LONGEST_TIGHT_LINE = 120
_LONGEST_OF_A_SET = 500
"""A card cuts any single text that is much longer, and a set has to be whole to be copied."""
_HOW_SURE = {
    Confidence.HIGH: "Sure: Webex states it.",
    Confidence.MEDIUM: "Fairly sure: Webex states it for operations of this kind.",
    Confidence.LOW: "Unsure: inferred, for Webex states it nowhere. Try it first.",
}


def layout(advice: Advice, catalogue: Catalogue, set_aside: Sequence[str]) -> dict[str, object]:
    """Give the facts of the card.

    Args:
        advice: What the advisor answered.
        catalogue: Explains its scopes.
        set_aside: The tasks that a person said are none of what was offered.
    """
    missing = [
        *advice.not_found_because,
        *(f"{_in_quotes(ask)}: none of what I offered." for ask in set_aside),
    ]
    others = list(_others(advice))
    return {
        "title": _title(advice),
        "sets": [{"line": line} for line in _lines(advice.scopes)],
        "scopes": _scopes(advice, catalogue),
        "is_more": bool(others),
        "others": shortened(others, _MOST_OTHERS),
        "is_missing": bool(missing),
        "missing": missing,
        "is_noted": bool(advice.notes),
        "notes": shortened(advice.notes, _MOST_NOTES),
    }


def titled(operation: Operation) -> str:
    """Name an operation for people: what it does, and how a developer calls it."""
    return f"{operation.title} ({operation.name})"


def _title(advice: Advice) -> str:
    if advice.scopes:
        return f"The smallest set: {counted(len(advice.scopes), 'scope')}"
    is_anything_found = any(phrase.operations for phrase in advice.phrases)
    return "No scope to ask for" if is_anything_found else "There is no scope for this"


def _lines(scopes: Sequence[str]) -> list[str]:
    """Put the set into lines to be copied; all but the largest fit one."""
    return textwrap.wrap(
        " ".join(scopes), _LONGEST_OF_A_SET, break_on_hyphens=False, break_long_words=False
    )


def _scopes(advice: Advice, catalogue: Catalogue) -> list[dict[str, object]]:
    is_roomy = len(advice.scopes) <= _FEW
    return [
        _row(scope, reason, advice.phrases, is_roomy=is_roomy)
        for scope, reason in zip(catalogue.describe(advice.scopes), advice.because, strict=True)
    ]


def _row(
    scope: Scope, reason: Reason, phrases: Sequence[Phrase], *, is_roomy: bool
) -> dict[str, object]:
    longest = _LONGEST_LINE if is_roomy else _LONGEST_TIGHT_LINE
    needs = [
        shown(_need(phrase), longest)
        for phrase in phrases
        if phrase.operations and phrase.operations[0].operation in reason.operations
    ]
    return {
        "name": scope.name,
        "explains": f"{scope.explains} {caveat(scope)}".strip(),
        "risk": f"{scope.risk.capitalize()} risk",
        "colour": RISK_COLOURS[scope.risk],
        "needs": [{"line": line} for line in shortened(needs, _MOST_NEEDS if is_roomy else 1)],
        "sure": _HOW_SURE[reason.confidence],
        "is_roomy": is_roomy,
        "is_tight": not is_roomy,
    }


def _need(phrase: Phrase) -> str:
    """Say what breaks without the scope."""
    operation = phrase.operations[0].operation
    if operation.method in phrase.ask.split():
        return f"Needed for {titled(operation)}."
    return f"Needed to {_in_quotes(phrase.ask)}: {titled(operation)}."


def _others(advice: Advice) -> Iterator[str]:
    """Tell what each task was taken for that no scope alone is needed for."""
    told = {operation for reason in advice.because for operation in reason.operations}
    for phrase in advice.phrases:
        if phrase.operations and (operation := phrase.operations[0].operation) not in told:
            yield f"{_in_quotes(phrase.ask)}: {titled(operation)}."


def _in_quotes(ask: str) -> str:
    return f"“{shown(ask)}”"
