"""Lays out the picture of a whole set of scopes for its card.

Apart from the command, because cutting to what a card can hold is a matter of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.catalogue.picture.picture import Picture
from bot.catalogue.scope import Scope
from bot.chat.wording import RISK_COLOURS, counted

_MOST_DANGERS = 4
_MOST_MATTERS = 6
_MOST_REMARKS = 8
_MOST_BUTTONS = 3
"""So many can be read on one card; what is cut off is counted."""


def layout(picture: Picture, scopes: Sequence[Scope]) -> dict[str, object]:
    """Give the facts of the card, all but its title."""
    dangers = [danger.sentence for danger in picture.dangers]
    worst_first = sorted(scopes, key=lambda scope: -scope.risk.rank)
    return {
        "risk": f"{picture.risk.capitalize()} risk",
        "colour": RISK_COLOURS[picture.risk],
        "opens": counted(len(picture.operations), "operation"),
        "whose": picture.audience.sentence,
        "is_dangerous": bool(dangers),
        "dangers": shortened(dangers, _MOST_DANGERS),
        "is_reading": bool(picture.reads),
        "reads": _areas(picture.reads),
        "is_changing": bool(picture.changes),
        "changes": _areas(picture.changes),
        "is_to_mend": bool(picture.remarks),
        "remarks": shortened(picture.remarks, _MOST_REMARKS),
        "cannot": " ".join(picture.cannot),
        "is_limited": bool(picture.cannot),
        "scopes": ", ".join(picture.scopes),
        "neighbours": [{"name": one.name} for one in worst_first if one.known][:_MOST_BUTTONS],
    }


def shortened(sentences: Sequence[str], most: int) -> list[str]:
    """Keep the first sentences, and say how many are left out."""
    kept = list(sentences[:most])
    left = len(sentences) - len(kept)
    return [*kept, f"And {left} more."] if left else kept


def _areas(matters: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    rows = []
    for area, phrases in matters.items():
        left = len(phrases) - _MOST_MATTERS
        more = f"; {left} more" if left > 0 else ""
        rows.append({"area": area, "what": "; ".join(phrases[:_MOST_MATTERS]) + more})
    return rows
