"""Encryption keys: making one, and putting it to use."""

from __future__ import annotations

import click

from bot.cli.environment import Environment, pass_environment
from bot.core.errors import BadInput
from bot.store.rotation import rotate
from bot.store.sealing import generate_key


@click.group()
def keys() -> None:
    """Make and rotate encryption keys."""


@keys.command()
def generate() -> None:
    """Print a new key for ENCRYPTION_KEYS; it stands nowhere else."""
    click.echo(generate_key().reveal())


@keys.command("rotate")
@pass_environment
def rotate_all(environment: Environment) -> None:
    """Seal everything under the first key again. Resumable, and nothing has to stop for it."""
    consentry = environment.consentry
    rotation = rotate(consentry.store.engine, consentry.store.sealer)
    click.echo(f"Sealed {rotation.resealed} anew; {rotation.current} were current already.")
    if rotation.broken:
        raise BadInput(
            f"{len(rotation.broken)} do not open: {', '.join(rotation.broken)}.",
            advice="Put the key that sealed them into ENCRYPTION_KEYS and rotate again.",
        )
    click.echo("The other keys may now go.")
