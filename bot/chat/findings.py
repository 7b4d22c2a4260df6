"""What a check of an integration's scopes found, as the cards tell it.

One home for it, because three cards do: the notice to the owner in full, the list in a line, and
the consent card in the sentence that concerns the person who consents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.chat.wording import counted
from bot.core.finding import Dubious, Finding, Missing, Unclear, Unneeded
from bot.core.scopes import WHO

_MOST_ROWS = 5
"""Of each kind; a card must stay small, and `integrations show` lists them all."""
_MOST_NAMES = 6
_LONGEST_COMMAND = 500
"""Longer values are cut, and half a command is worse than none."""

Remark = Missing | Unneeded | Dubious | Unclear


def advice(finding: Finding) -> dict[str, object]:
    """Tell an owner everything, and what to do about it."""
    guesses = [one for one in finding.unneeded if not one.is_sure]
    ticked = [scope for scope in finding.better if scope not in finding.scopes]
    unticked = [scope for scope in finding.scopes if scope not in finding.better]
    scopes, is_change = " ".join(finding.better), bool(ticked or unticked)
    dubious = {one.scope for one in (*finding.deprecated, *finding.unknown)}
    return {
        "tasks": counted(len(finding.tasks), "declared task"),
        "is_fit": finding.is_flawless,
        "is_advice": not finding.is_flawless,
        "groups": [
            _group("Missing", "attention", finding.missing),
            _group("More than the tasks need", "warning", finding.surely_unneeded),
            _group("Maybe more than the tasks need", "default", guesses),
            _group("Deprecated", "warning", finding.deprecated),
            _group("Unknown", "warning", finding.unknown),
            _group("Tasks that are not clear", "default", finding.unclear),
        ],
        "is_any_ticked": bool(ticked),
        "ticked": ", ".join(ticked),
        "is_any_unticked": bool(unticked),
        "unticked": ", ".join(unticked),
        "is_change": is_change and len(scopes) <= _LONGEST_COMMAND,
        "is_long_change": is_change and len(scopes) > _LONGEST_COMMAND,
        "scopes": scopes,
        "is_any_dubious": bool(dubious & set(finding.better)),
        "is_any_unclear": bool(finding.unclear),
    }


def line(finding: Finding) -> str:
    """Tell the owner or an administrator in a line; empty where there is nothing to tell."""
    is_silent = finding.is_flawless and not finding.tasks
    return "" if is_silent else f"Check of its scopes: {finding.summary}."


def fit(finding: Finding) -> dict[str, object]:
    """Tell the person who consents how the scopes fit what the integration says it does."""
    colour = "warning" if finding.surely_unneeded else "default"
    return {"fit": _fit(finding), "fit_colour": colour, "is_fit_told": bool(finding.tasks)}


def _fit(finding: Finding) -> str:
    if finding.surely_unneeded:
        return f"It asks for more than its declared tasks need: {_names(finding.surely_unneeded)}."
    if finding.unneeded:
        names = _names(finding.unneeded)
        return f"It asks for what its declared tasks may not need, as far as I can tell: {names}."
    if finding.missing:
        return _lack(finding.missing)
    if len(finding.unclear) == len(finding.tasks):
        return "What it says it does is too unclear to tell whether its scopes fit."
    if finding.unclear:
        return "Its scopes fit what it says it does, as far as that is clear to me."
    return "Its scopes fit what it says it does."


def _lack(missing: Iterable[Missing]) -> str:
    if WHO in {one.scope for one in missing}:
        return f"Without {WHO} I would not learn who consented, and would keep no access."
    return "It asks for less than its declared tasks need, so some of them will fail."


def _names(unneeded: Iterable[Unneeded]) -> str:
    names = [one.scope for one in unneeded]
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _group(title: str, colour: str, remarks: Sequence[Remark]) -> dict[str, object]:
    rows = [
        {"about": one.task if isinstance(one, Unclear) else one.scope, "why": one.why}
        for one in remarks[:_MOST_ROWS]
    ]
    more = len(remarks) - len(rows)
    return {"title": title, "colour": colour, "is_any": bool(rows), "rows": rows, "more": more}
