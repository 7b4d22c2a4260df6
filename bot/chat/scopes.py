"""``scopes``: the catalogue in chat; one scope, a whole set, a search, or an overview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.picture.picture import Picture
from bot.catalogue.scope import Area, Scope
from bot.catalogue.scopes import Catalogue
from bot.chat.commands import command
from bot.chat.consent import called
from bot.chat.picture import layout
from bot.chat.reply import Reply
from bot.chat.wording import RISK_COLOURS, caveat, counted
from bot.core.keeping import Work
from bot.core.people import Person
from bot.core.scopes import parse
from bot.flows.integrations import Integrations

MOST_FOUND = 10
_MOST_BUTTONS = 5
_MOST_EXAMPLES = 5
_PAGE = re.compile(r"(?P<words>.*\S)\s+page\s+(?P<number>\d{1,3})", re.IGNORECASE | re.DOTALL)
_LONGEST_ON_A_BUTTON = 100


@command(
    "scopes",
    summary="Explains a scope, several together or an integration's, or finds what you look for.",
    usage="scopes [words]",
)
def scopes(  # noqa: PLR0913 - one parameter for each need, called by name
    words: str,
    catalogue: Catalogue,
    *,
    operations: Operations,
    integrations: Integrations,
    person: Person,
    work: Work,
    reply: Reply,
) -> None:
    """Explain what is called so: a scope, a set, an integration; else search for the words."""
    if not words:
        reply("scopes", areas=_areas(catalogue), total=len(catalogue))
    elif (scope := _named(words, catalogue)) is not None:
        reply("scope", **_explained(scope, operations))
    elif names := _set(words, catalogue):
        title = f"{counted(len(names), 'scope')} together"
        reply("picture", **_picture(title, names, catalogue, operations=operations))
    elif integration := called(words, integrations.listing(work, person)):
        facts = _picture(integration.name, integration.scopes, catalogue, operations=operations)
        reply("picture", **facts | _search_instead(words))
    else:
        _search(words, catalogue, operations=operations, reply=reply)


def _search(words: str, catalogue: Catalogue, *, operations: Operations, reply: Reply) -> None:
    """Show a page of what fits the words; all of it where they name an area."""
    said = _PAGE.fullmatch(words.strip())
    words = said["words"] if said else words
    found = catalogue.search(words, limit=len(catalogue))
    if len(found) == 1:
        reply("scope", **_explained(found[0], operations))
        return
    page = max(1, min(int(said["number"]) if said else 1, -(-len(found) // MOST_FOUND)))
    shown = found[(page - 1) * MOST_FOUND :][:MOST_FOUND]
    left = len(found) - (page - 1) * MOST_FOUND - len(shown)
    reply(
        "scopes_found",
        words=words,
        scopes=[_row(scope) for scope in shown],
        is_empty=not found,
        is_paged=len(found) > MOST_FOUND,
        first=(page - 1) * MOST_FOUND + 1,
        last=(page - 1) * MOST_FOUND + len(shown),
        total=len(found),
        more=[{"query": words[:_LONGEST_ON_A_BUTTON], "page": page + 1}] if left else [],
    )


def _named(words: str, catalogue: Catalogue) -> Scope | None:
    """Find the scope that is called exactly this; the case only counts where two differ by it."""
    said = words.strip().lower()
    alike = [scope for scope in catalogue if scope.name.lower() == said]
    exact = [scope for scope in alike if scope.name == words.strip()]
    return next(iter(exact or alike), None)


def _set(words: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Read several names; a misspelt one among known ones is kept, and told to be unknown."""
    said = parse(words)
    known = [_named(name, catalogue) for name in said]
    is_set = any(known) and all(one or ":" in name for one, name in zip(known, said, strict=True))
    names = (one.name if one else name for one, name in zip(known, said, strict=True))
    return tuple(dict.fromkeys(names)) if len(said) > 1 and is_set else ()


def _picture(
    title: str, names: Sequence[str], catalogue: Catalogue, *, operations: Operations
) -> dict[str, object]:
    described = catalogue.describe(names)
    picture = Picture.of(described, operations)
    return {"title": title, "search": [], **layout(picture, described)}


def _search_instead(words: str) -> dict[str, object]:
    """Offer the area, too, where an integration bears its name."""
    areas = [area for area in Area if area.lower() == words.strip().lower()]
    return {"search": [{"area": area, "query": area.lower()} for area in areas]}


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


def _explained(scope: Scope, operations: Operations) -> dict[str, object]:
    neighbours = [*scope.narrower, *scope.wider][:_MOST_BUTTONS]
    return {
        **_row(scope),
        "explains": scope.explains,
        "caveat": caveat(scope),
        "has_caveat": bool(caveat(scope)),
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
        **_needed(operations.needing(scope.name)),
    }


def _needed(needing: Sequence[Operation]) -> dict[str, object]:
    """Tell which operations need it; examples of different kinds tell most."""
    kinds = {operation.group: operation for operation in reversed(needing)}
    several = dict.fromkeys([*reversed(kinds.values()), *needing])
    return {
        "needed_by": counted(len(needing), "operation") if needing else "No published operation",
        "has_examples": bool(needing),
        "examples": [operation.name for operation in several][:_MOST_EXAMPLES],
    }
