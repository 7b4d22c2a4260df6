"""``scopes explain``: the catalogue on a terminal; one scope, or several and their picture."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from bot.catalogue.operations import Operations
from bot.catalogue.picture.picture import Picture
from bot.catalogue.scopes import Catalogue
from bot.core.scopes import parse

if TYPE_CHECKING:
    from bot.catalogue.scope import Scope

_MOST_EXAMPLES = 5


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="SCOPE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(names: tuple[str, ...], *, as_json: bool) -> None:
    """Explain a scope; several, and what they amount to together.

    \b
    consentry scopes explain spark:messages_read
    consentry scopes explain "spark:messages_read spark:messages_write" --json

    An unknown name is refused, with the nearest known one on standard error.
    """  # noqa: D301 - click reads the backspace itself: what follows it is not wrapped
    wanted = parse(" ".join(names))
    if not wanted:
        raise click.UsageError("Name a scope.")
    catalogue, operations = Catalogue.load(), Operations.load()
    scopes = [catalogue.explain(name) for name in wanted]
    say = _as_json if as_json else _as_text
    click.echo(say(scopes, operations))


def _as_json(scopes: Sequence[Scope], operations: Operations) -> str:
    told = [_facts(scope, operations) for scope in scopes]
    if len(told) == 1:
        return json.dumps(told[0], indent=2)
    picture = _picture_facts(Picture.of(scopes, operations))
    return json.dumps({"scopes": told, "picture": picture}, indent=2)


def _facts(scope: Scope, operations: Operations) -> dict[str, object]:
    return {
        "scope": scope.name,
        "explains": scope.explains,
        "does_not": scope.does_not,
        "level": scope.level,
        "access": scope.access,
        "risk": scope.risk,
        "grantable_by": scope.grantable_by,
        "areas": list(scope.areas),
        "operations": [operation.name for operation in operations.needing(scope.name)],
        "narrower": list(scope.narrower),
        "confidence": scope.confidence,
        "documented": scope.documented,
    }


def _picture_facts(picture: Picture) -> dict[str, object]:
    return {
        "risk": picture.risk,
        "reach": {"whose": picture.audience, "meaning": picture.audience.sentence},
        "reads": picture.reads,
        "changes": picture.changes,
        "cannot": picture.cannot,
        "operations": len(picture.operations),
        "dangers": [{"scopes": one.scopes, "meaning": one.sentence} for one in picture.dangers],
        "redundant": [
            {"scope": one.scope, "through": one.through, "is_sure": one.is_sure}
            for one in picture.redundant
        ],
        "idle": [{"scope": one.scope, "lacks": one.lacks} for one in picture.idle],
        "deprecated": picture.deprecated,
        "undocumented": picture.undocumented,
    }


def _as_text(scopes: Sequence[Scope], operations: Operations) -> str:
    told = ["\n".join(_lines(scope, operations)) for scope in scopes]
    if len(scopes) > 1:
        told.append("\n".join(_picture_lines(Picture.of(scopes, operations))))
    return "\n\n".join(told)


def _lines(scope: Scope, operations: Operations) -> Iterator[str]:
    needing = operations.needing(scope.name)
    yield scope.name
    yield from (f"  {text}" for text in (scope.explains, scope.does_not, scope.note) if text)
    yield f"  Risk:       {scope.risk}, {scope.why}"
    yield f"  Level:      {scope.level}, access: {scope.access}"
    yield f"  Granted by: {scope.grantable_by}"
    yield f"  Areas:      {', '.join(scope.areas)}"
    yield from _listed("Narrower", scope.narrower)
    yield from _listed("Wider", scope.wider)
    yield f"  Confidence: {_founding(scope)}"
    yield f"  Operations: {len(needing) or 'no published one asks for it'}"
    yield from (f"    {operation.name}" for operation in needing[:_MOST_EXAMPLES])
    if len(needing) > _MOST_EXAMPLES:
        yield f"    and {len(needing) - _MOST_EXAMPLES} more; --json lists all"


def _listed(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"  {title + ':':<11} {', '.join(names)}"


def _founding(scope: Scope) -> str:
    """Say how sure the entry is, and what is wrong with the scope itself."""
    doubts = [str(scope.confidence)]
    doubts += [] if scope.documented else ["Webex publishes nothing about it"]
    doubts += ["deprecated"] if scope.deprecated else []
    return "; ".join(doubts)


def _picture_lines(picture: Picture) -> Iterator[str]:
    yield "Together"
    yield f"  Risk:       {picture.risk}"
    yield f"  Opens:      {len(picture.operations)} of the published operations"
    yield f"  Reach:      {picture.audience.sentence}"
    yield from _section("Can read", _by_area(picture.reads))
    yield from _section("Can change or do", _by_area(picture.changes))
    yield from _section("Dangerous together", [one.sentence for one in picture.dangers])
    yield from _section("To mend", picture.remarks)
    yield from _section("What it cannot do", picture.cannot)


def _by_area(matters: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{area}: {'; '.join(phrases)}" for area, phrases in matters.items()]


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)
