"""The command group, and how its refusals reach a terminal: two sentences and an exit code."""

from __future__ import annotations

import sys

import click

from bot.cli.integrations import integrations
from bot.cli.keys import keys
from bot.cli.outlook import doctor, forecast
from bot.cli.parked import parked
from bot.cli.processes import database, emulator, run, web, worker
from bot.cli.scopes import scopes
from bot.core.errors import ConsentryError


class _Group(click.Group):
    """Shows an error of ours as its two sentences; exit code 1 says refused."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ConsentryError as error:
            click.echo(str(error), err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="consentry")
def main() -> None:
    """Consentry manages Webex integrations: scopes, consent, tokens, warnings."""


for _command in (
    run,
    web,
    worker,
    database,
    integrations,
    keys,
    scopes,
    forecast,
    doctor,
    parked,
    emulator,
):
    main.add_command(_command)
