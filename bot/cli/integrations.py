"""Registering integrations, and looking at them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TextIO

import click

from bot.cli.declarations import change_scopes, declare_tasks, scopes_option, tasks_option
from bot.cli.environment import Environment, pass_environment
from bot.cli.findings import tell
from bot.cli.profile import as_text, full_profile, profile_of
from bot.core import scopes
from bot.core.errors import BadInput
from bot.core.integrations import Access, Integration, Kind, Renewal
from bot.core.secrets import Secret

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _one_of(kinds: type[StrEnum]) -> click.Choice[str]:
    """Let people type the values; of members click would take the names."""
    return click.Choice([str(kind) for kind in kinds])


@click.group()
def integrations() -> None:
    """Register and look at integrations."""


@integrations.command()
@click.argument("slug")
@click.option("--name", required=True, help="What people see.")
@click.option("--client-id", required=True, help="From the integration's page at Webex.")
@scopes_option
@click.option("--owner", "owner_email", required=True, help="E-mail of who answers for it.")
@click.option("--purpose", default="", help="What it is for, in a sentence people read.")
@tasks_option
@click.option("--access", type=_one_of(Access), default=str(Access.OPEN), show_default=True)
@click.option("--renewal", type=_one_of(Renewal), default=str(Renewal.AUTOMATIC), show_default=True)
@click.option("--approver", "approvers", multiple=True, help="E-mail; may be given several times.")
@click.option("--max-days", type=int, help="The longest time that access is granted for.")
@click.option("--kind", type=_one_of(Kind), default=str(Kind.INTEGRATION), show_default=True)
@click.option("--application-id", default="", help="Of a service app.")
@pass_environment
def add(environment: Environment, /, scope_text: str, **given: Any) -> None:  # noqa: ANN401 - click's
    """Register one. The client secret is read from standard input, or asked for."""
    consentry = environment.consentry
    integration = Integration(
        scopes=scopes.parse(scope_text),
        client_secret=_read_secret(),
        **_typed(given),
    ).checked()
    # Before the transaction, for reading words takes a while; within it the finding is at hand.
    finding = consentry.integrations.finding(integration)
    with consentry.store.begin() as work:
        consentry.integrations.register(work, integration, who=environment.who)
    click.echo(f"Registered {integration.slug}. People can now say: connect {integration.slug}")
    tell(finding)


@integrations.command("list")
@_as_json
@pass_environment
def list_all(environment: Environment, *, as_json: bool) -> None:
    """List all."""
    with environment.consentry.store.reading() as work:
        found = [profile_of(integration) for integration in work.integrations.all()]
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    for facts in found:
        click.echo(f"{facts['slug']}\t{facts['name']}\t{facts['access']}\t{facts['owner']}")
    if not found:
        click.echo("None yet. Register one: consentry integrations add --help", err=True)


@integrations.command()
@click.argument("slug")
@_as_json
@pass_environment
def show(environment: Environment, slug: str, *, as_json: bool) -> None:
    """Show one with its connections."""
    with environment.consentry.store.reading() as work:
        integration = work.integrations.get(slug)
        connections = work.connections.of_integration(slug)
    finding = environment.consentry.integrations.finding(integration)
    profile = full_profile(integration, connections, finding)
    click.echo(json.dumps(profile, indent=2) if as_json else as_text(profile, finding))


@integrations.command()
@click.argument("slug")
@pass_environment
def remove(environment: Environment, slug: str) -> None:
    """Forget one to which nobody is connected any more."""
    consentry = environment.consentry
    with consentry.store.begin() as work:
        consentry.integrations.remove(work, slug, who=environment.who)
    click.echo(f"Removed {slug}.")


@integrations.command()
@click.argument("slug")
@pass_environment
def secret(environment: Environment, slug: str) -> None:
    """Replace the client secret. The new one is read from standard input, or asked for."""
    consentry = environment.consentry
    fresh = _read_secret()  # before the transaction: nobody shall wait while somebody types
    with consentry.store.begin() as work:
        consentry.integrations.replace_secret(work, slug, fresh, who=environment.who)
    click.echo(f"The client secret of {slug} is replaced; waiting refreshes go on.")


def _read_secret() -> Secret:
    stream: TextIO | None = sys.stdin  # none where it was closed
    if stream and stream.isatty():
        return Secret(click.prompt("Client secret", hide_input=True))
    try:
        piped = stream.readline().strip() if stream else ""
    except UnicodeDecodeError:
        piped = ""
    # Bytes that are no text arrive as something unprintable where Python reads leniently.
    if not piped or not piped.isprintable():
        raise BadInput(
            "Standard input holds no client secret.",
            advice="Pipe it in as one line, or type the command in a terminal, which asks for it.",
        )
    return Secret(piped)


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {"access": Access, "renewal": Renewal, "kind": Kind}
    return {name: kinds[name](value) if name in kinds else value for name, value in given.items()}


for _command in (change_scopes, declare_tasks):
    integrations.add_command(_command)
