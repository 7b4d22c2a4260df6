"""What a check of an integration's scopes found, as a terminal shows it and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.core.finding import Finding


def tell(finding: Finding) -> None:
    """Print what a change of the scopes or tasks led to."""
    if finding.tasks:
        click.echo(f"Checked against the declared tasks: {finding.summary}.")
    for line in lines(finding):
        click.echo(f"  {line}")


def facts_of(finding: Finding) -> dict[str, object]:
    """Say what was found, for a script."""
    facts = asdict(finding)
    for known in ("scopes", "tasks"):  # they stand beside the check
        del facts[known]
    return {"fits": finding.is_flawless, **facts, "better": finding.better}


def lines(finding: Finding) -> Iterator[str]:
    """Write each remark into a line, and then the set that would fit."""
    for lacking in finding.missing:
        yield f"missing: {lacking.scope}  {lacking.why}"
    for spare in finding.unneeded:
        how = "more than needed" if spare.is_sure else "maybe not needed"
        yield f"{how}: {spare.scope}  {spare.why}"
    for old in finding.deprecated:
        yield f"deprecated: {old.scope}  {old.why}"
    for strange in finding.unknown:
        yield f"unknown: {strange.scope}  {strange.why}"
    for unclear in finding.unclear:
        yield f"unclear: “{unclear.task}”  {unclear.why}"
    if finding.better != finding.scopes:
        yield f"better: {' '.join(finding.better)}"
