"""``scopes``: the catalogue in chat; one scope explained, a search, or an overview."""

from __future__ import annotations

from collections import Counter

from bot.catalogue.scope import Scope
from bot.catalogue.scopes import Catalogue
from bot.chat.commands import command
from bot.chat.reply import Reply
from bot.chat.wording import RISK_COLOURS, caveat, counted

MOST_FOUND = 10
_MOST_BUTTONS = 5


@command(
    "scopes",
    summary="Explains a scope in plain words, or finds the ones you look for.",
    usage="scopes [words]",
)
def scopes(words: str, catalogue: Catalogue, reply: Reply) -> None:
    """Explain the scope of this name, search for these words, or say what there is."""
    if not words:
        reply("scopes", areas=_areas(catalogue), total=len(catalogue))
        return
    named = _named(words, catalogue)
    found = [named] if named else catalogue.search(words, limit=MOST_FOUND)
    if len(found) == 1:
        reply("scope", **_explained(found[0]))
    else:
        rows = [_row(scope) for scope in found]
        reply("scopes_found", words=words, scopes=rows, is_empty=not rows)


def _named(words: str, catalogue: Catalogue) -> Scope | None:
    """Find the scope that is called exactly this; the case only counts where two differ by it."""
    said = words.strip().lower()
    alike = [scope for scope in catalogue if scope.name.lower() == said]
    exact = [scope for scope in alike if scope.name == words.strip()]
    return next(iter(exact or alike), None)


def _areas(catalogue: Catalogue) -> list[dict[str, object]]:
    held = Counter(area for scope in catalogue for area in scope.areas)
    return [
        {"name": area, "holds": counted(number, "scope")} for area, number in held.most_common()
    ]


def _row(scope: Scope) -> dict[str, object]:
    return {
        "name": scope.name,
        "explains": f"{scope.explains} {caveat(scope)}".strip(),
        "risk": f"{scope.risk.capitalize()} risk",
        "colour": RISK_COLOURS[scope.risk],
    }


def _explained(scope: Scope) -> dict[str, object]:
    neighbours = [*scope.narrower, *scope.wider][:_MOST_BUTTONS]
    return {
        **_row(scope),
        "does_not": scope.does_not,
        "why": scope.why,
        "level": scope.level,
        "access": scope.access,
        "grantable_by": scope.grantable_by,
        "areas": ", ".join(scope.areas) or "none",
        "note": scope.note,
        "has_note": bool(scope.note),
        "confidence": scope.confidence,
        "narrower": ", ".join(scope.narrower),
        "has_narrower": bool(scope.narrower),
        "wider": ", ".join(scope.wider),
        "has_wider": bool(scope.wider),
        "neighbours": [{"name": name} for name in neighbours],
    }
