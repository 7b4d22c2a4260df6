"""The commands that run until they are stopped, and the one that prepares the database."""

from __future__ import annotations

import signal
import threading
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import app, demo, serving
from bot.cli.environment import Environment, pass_environment
from bot.core.secrets import Secret
from bot.emulator import demo as clinic
from bot.emulator.server import Emulator
from bot.settings import hand_down
from bot.store.schema import upgrade

if TYPE_CHECKING:
    from bot.app import Consentry

_LOCAL = "127.0.0.1"
_HIGHEST_PORT = 65535
_MOST_WORKERS = 64
"""More processes than that on one machine are a slip of the finger."""


@click.command()
@pass_environment
def run(environment: Environment) -> None:
    """Run everything: web, worker and, without a bot token, the Webex emulator."""
    settings = environment.settings
    serving.insist_on_port(settings.host, settings.port)
    if environment.emulator_url:
        serving.insist_on_port(_LOCAL, settings.port + 1)
    hand_down(environment.variables)  # to the serving child processes
    with _emulator(environment):
        consentry = environment.consentry
        worker = consentry.worker()
        worker.start()
        serving.serve(
            settings,
            on_up=lambda: click.echo(_greeting(consentry, environment.emulator_url)),
            on_stop=worker.stop,
        )


@click.command()
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, _MOST_WORKERS),
    help="How many serving processes.",
)
@pass_environment
def web(environment: Environment, workers: int) -> None:
    """Serve the doors: webhooks, consent, health. Any number of these over one PostgreSQL."""
    environment.insist_on_webex()
    settings = environment.settings
    serving.insist_on_port(settings.host, settings.port)
    upgrade(environment.consentry.store.engine)
    serving.serve(
        settings,
        workers=workers,
        on_up=lambda: click.echo(f"Serving on port {settings.port}."),
    )


@click.command()
@pass_environment
def worker(environment: Environment) -> None:
    """Hear, answer, refresh, remind. Any number of these over one PostgreSQL."""
    environment.insist_on_webex()
    running = environment.consentry.worker()
    running.start()
    click.echo("Working. Ctrl-C stops.")
    _wait_for_a_signal()
    running.stop()


@click.group("db")
def database() -> None:
    """Look after the database."""


@database.command("upgrade")
@pass_environment
def database_upgrade(environment: Environment) -> None:
    """Bring the tables to this version. `run`, `web` and `worker` do it themselves, too."""
    upgrade(environment.consentry.store.engine)
    click.echo("The database is up to date.")


@click.command()
@click.option(
    "--port",
    default=8081,
    show_default=True,
    type=click.IntRange(0, _HIGHEST_PORT),
    help="Where it listens; 0 takes a free one.",
)
@click.option("--redirect-uri", default="http://127.0.0.1:8080/oauth/callback", show_default=True)
def emulator(port: int, redirect_uri: str) -> None:
    """Run the Webex emulator alone, with the demo organisation, for a bot of your own."""
    serving.insist_on_port(_LOCAL, port, chosen_by="--port")
    token = Secret(demo.new_token())
    organisation = clinic.demo_organisation(token.reveal(), redirect_uri)
    with Emulator(organisation, port=port, adaptive_cards=demo.renderer()) as webex:
        click.echo(f"Webex emulator: chat page {webex.url}/, API {webex.api_url}")
        click.echo(f"The bot's access token: {token.reveal()}")
        for client in organisation.integrations:
            click.echo(f"{client.name}: {client.client_id} {client.client_secret}")
        _wait_for_a_signal()


def _emulator(environment: Environment) -> AbstractContextManager[object]:
    if not environment.emulator_url:
        return nullcontext()
    settings = environment.settings
    webex = demo.emulator(
        settings.port + 1,
        redirect_uri=settings.url + app.CALLBACK_PATH,
        bot_token=settings.webex_bot_token,
    )
    demo.register(environment.consentry.store, environment.consentry.integrations, webex)
    return webex


def _greeting(consentry: Consentry, emulator_url: str) -> str:
    settings = consentry.settings
    if not emulator_url:
        return f"Consentry is up at {settings.url}. Say help to the bot in Webex."
    folder = Path("var").resolve()
    return (
        f"\nConsentry is up at {settings.url}, with a Webex of its own for trying it out.\n\n"
        f"  1. Open {emulator_url}/ and pick Ana Ruiz.\n"
        "  2. Write to Consentry:  help   then   connect calling\n"
        "  3. Press the button, consent, and say  status\n"
        "  4. Take the consent back there, move the clock by 30 days: see who is told.\n\n"
        f"Database and keys are kept in {folder}. Ctrl-C stops everything.\n"
    )


def _wait_for_a_signal() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
