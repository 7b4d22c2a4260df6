"""What was set aside: looking at it, and trying it again once its cause is mended."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bot.cli.environment import Environment, pass_environment

_EVER = datetime.min.replace(tzinfo=UTC)
_CAUSES = ("undeliverable", "event-parked")


@click.group()
def parked() -> None:
    """Look at messages and events that were set aside, and try them again."""


@parked.command("list")
@pass_environment
def list_all(environment: Environment) -> None:
    """List them, with since when and why."""
    with environment.consentry.store.reading() as work:
        found = [("event", one) for one in work.inbox.parked()]
        found += [("message", one) for one in work.outbox.parked()]
    for kind, one in found:
        click.echo(f"{one.created_at:%Y-%m-%d %H:%M}Z  {kind}  {one.lane}  {one.reason}")
    if not found:
        click.echo("Nothing was set aside.")


@parked.command()
@pass_environment
def retry(environment: Environment) -> None:
    """Put all of them back in line; the worker takes them up at once."""
    consentry = environment.consentry
    now = consentry.clock()
    with consentry.store.begin() as work:
        events, messages = work.inbox.take_up(now=now), work.outbox.take_up(now=now)
        for fault in work.incidents.open(since=_EVER):
            if fault.startswith(_CAUSES):
                work.incidents.over(fault)
        work.audit.note("parked.retried", who=environment.who, target="queues", now=now)
    click.echo(f"{events} event(s) and {messages} message(s) are in line again.")
