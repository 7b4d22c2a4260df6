"""The catalogue and the advisor without chat; no settings and no database are needed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bot import app
from bot.catalogue.advising.advice import shown
from bot.catalogue.advising.tasks import tasks_in
from bot.cli.explain import explain

if TYPE_CHECKING:
    from bot.catalogue.advising.advice import Advice, Phrase
    from bot.catalogue.operation import Operation

_NOTHING_TO_ASK_FOR = "(no scope)"
_DIGITS_OF_A_SCORE = 3


@click.group()
def scopes() -> None:
    """Look up scopes, and find the ones that you need."""


scopes.add_command(explain)


@scopes.command()
@click.argument("tasks", nargs=-1, required=True, metavar="TASK...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def advise(tasks: tuple[str, ...], *, as_json: bool) -> None:
    """Find the smallest set of scopes for what an integration shall do.

    Give each task in quotes: in plain words, or as a request with its method and path.

    \b
    consentry scopes advise "post a message in a space" "list all users"
    consentry scopes advise "GET /v1/rooms/Y2lzY29?max=5"

    The first line of the output is the set, ready for `integrations add --scopes`. A task that
    Webex cannot do adds no scope and is told on standard error. Exit code 1 when that goes for
    all of them, else 0.
    """  # noqa: D301 - click reads the backspace itself: what follows it is not wrapped
    if not any(task.strip() for task in tasks):
        raise click.UsageError("Say what the integration shall do.")
    advice = app.advisor().advise(tasks)
    if as_json:
        click.echo(json.dumps(_facts(advice), indent=2))
    else:
        _tell(advice)
    sys.exit(0 if _is_any_found(advice) else 1)


def _is_any_found(advice: Advice) -> bool:
    return any(phrase.operations for phrase in advice.phrases)


def _tell(advice: Advice) -> None:
    """Print the set and the reasons; what is missing goes where no script takes it for either."""
    for phrase in advice.phrases:
        if not phrase.operations:
            click.echo(f"Not found, and no scope added for it: {phrase.ask}", err=True)
            click.echo(f"  {phrase.why_not_found}", err=True)
        if len(tasks_in(phrase.ask)) > 1:
            click.echo(f"Taken for one task: {shown(phrase.ask)}", err=True)
            click.echo("  If these are several, give each of them in quotes of its own.", err=True)
    if not _is_any_found(advice):
        return
    click.echo(" ".join(advice.scopes) or _NOTHING_TO_ASK_FOR)
    for title, lines in (("Why", _reasons(advice)), ("Taken for", _readings(advice))):
        _paragraph(title, lines)
    _paragraph("Notes", iter(advice.notes))


def _paragraph(title: str, lines: Iterator[str]) -> None:
    told = [f"  {line}" for line in lines]
    if told:
        click.echo("\n".join(["", f"{title}:", *told]))


def _reasons(advice: Advice) -> Iterator[str]:
    """Say for each scope what breaks without it, and how sure that is."""
    for reason in advice.because:
        yield f"{reason.scope} (confidence: {reason.confidence})"
        yield from (f"  {_titled(operation)}" for operation in reason.operations)


def _readings(advice: Advice) -> Iterator[str]:
    """Say what each task was taken for."""
    for phrase in advice.phrases:
        if phrase.operations:
            yield f"“{shown(phrase.ask)}”: {_titled(phrase.operations[0].operation)}"


def _titled(operation: Operation) -> str:
    return f"{operation.name}  {operation.title}"


def _facts(advice: Advice) -> dict[str, object]:
    because = [
        {
            "scope": reason.scope,
            "operations": [operation.name for operation in reason.operations],
            "confidence": reason.confidence,
        }
        for reason in advice.because
    ]
    return {
        "scopes": list(advice.scopes),
        "because": because,
        "phrases": [_phrase(phrase) for phrase in advice.phrases],
        "not_found": list(advice.not_found),
        "notes": [*advice.not_found_because, *advice.notes],
    }


def _phrase(phrase: Phrase) -> dict[str, object]:
    operations = [
        {
            "method": candidate.operation.method,
            "path": candidate.operation.path,
            "title": candidate.operation.title,
            "any_of": [sorted(one) for one in candidate.operation.any_of],
            "confidence": candidate.operation.confidence,
            "score": round(candidate.score, _DIGITS_OF_A_SCORE),
        }
        for candidate in phrase.operations
    ]
    return {"ask": phrase.ask, "operations": operations}
