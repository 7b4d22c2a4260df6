"""What will happen, and what is wrong now: forecast and doctor."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from bot import doctor as clinic
from bot.cli.environment import Environment, pass_environment

if TYPE_CHECKING:
    from bot.flows.reminders import Foreseen


@click.command()
@click.option("--days", default=60, show_default=True, type=click.IntRange(1, 3650))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_environment
def forecast(environment: Environment, days: int, *, as_json: bool) -> None:
    """Say who will be warned when, and what breaks, if nobody acts."""
    foreseen = environment.consentry.reminders.forecast(days)
    if as_json:
        warnings = [_facts(one) for one in foreseen]
        click.echo(json.dumps({"days": days, "warnings": warnings}, indent=2))
        return
    for one in foreseen:
        facts = _facts(one)
        click.echo(
            f"{one.at:%Y-%m-%d %H:%M}Z  {facts['integration']}  {facts['email']}  "
            f"{facts['what']} at {one.reminder.at:%Y-%m-%d %H:%M}Z  tells {len(one.recipients)}"
        )
    if not foreseen:
        click.echo(f"Nothing ends in the next {days} days that does not renew itself.")


@click.command()
@pass_environment
def doctor(environment: Environment) -> None:
    """Check settings, database, keys, clock, bot token and webhooks; each with its remedy."""
    findings = list(clinic.examine(environment.variables))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'BAD '} {finding.what}: {finding.detail}")
        if not finding.is_well:
            click.echo(f"     {finding.remedy}")
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


def _facts(foreseen: Foreseen) -> dict[str, object]:
    connection, reminder = foreseen.connection, foreseen.reminder
    return {
        "at": foreseen.at.isoformat(),
        "integration": connection.integration,
        "subject": connection.subject,
        "email": connection.person.email,
        "what": str(reminder.ending),
        "ends_at": reminder.at.isoformat(),
        "days_before": reminder.threshold.total_seconds() / 86400,
        "recipients": list(foreseen.recipients),
    }
