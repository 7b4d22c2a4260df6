"""What an integration declares: the scopes that it has registered, and the tasks it is built for.

Both can be replaced, and whatever is replaced is checked against the other.
"""

from __future__ import annotations

from dataclasses import replace

import click

from bot.cli.environment import Environment, pass_environment
from bot.cli.findings import tell
from bot.core import scopes

scopes_option = click.option(
    "--scopes", "scope_text", required=True, help="The registered scopes, in one text."
)
tasks_option = click.option(
    "--task", "tasks", multiple=True, help="What it does, in words or as METHOD /path; repeatable."
)


@click.command("scopes")
@click.argument("slug")
@scopes_option
@pass_environment
def change_scopes(environment: Environment, slug: str, scope_text: str) -> None:
    """Replace the registered scopes, after they were changed at developer.webex.com."""
    consentry = environment.consentry
    wanted = scopes.parse(scope_text)
    with consentry.store.reading() as work:
        known = work.integrations.get(slug)
    finding = consentry.integrations.foresee(replace(known, scopes=wanted), before=known)
    with consentry.store.begin() as work:
        standing = consentry.integrations.change_scopes(work, slug, wanted, who=environment.who)
    click.echo(f"The scopes of {slug} are replaced; from now on a consent asks for these.")
    if standing:
        click.echo(
            f"{len(standing)} connection(s) keep the scopes that were granted, no more and no "
            f"less, until each person says: connect {slug}"
        )
    tell(finding)


@click.command("tasks")
@click.argument("slug")
@tasks_option
@click.option("--none", "is_none", is_flag=True, help="It declares no tasks any more.")
@pass_environment
def declare_tasks(
    environment: Environment, slug: str, tasks: tuple[str, ...], *, is_none: bool
) -> None:
    """Replace the list of declared tasks, against which the scopes are checked."""
    if bool(tasks) is is_none:
        raise click.UsageError("Give each task with --task, or --none to declare none.")
    consentry = environment.consentry
    with consentry.store.reading() as work:
        known = work.integrations.get(slug)
    finding = consentry.integrations.foresee(replace(known, tasks=tasks), before=known)
    with consentry.store.begin() as work:
        consentry.integrations.declare_tasks(work, slug, tasks, who=environment.who)
    click.echo(f"The declared tasks of {slug} are replaced; there are {len(tasks)}.")
    tell(finding)
