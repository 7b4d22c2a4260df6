"""What every command starts from: the environment, the settings, the built Consentry."""

from __future__ import annotations

import getpass
import os
from functools import cached_property
from typing import TYPE_CHECKING

import click

from bot import app, demo, logs
from bot.settings import environment, read_settings
from bot.store.schema import upgrade

if TYPE_CHECKING:
    from bot.app import Consentry
    from bot.settings import Settings


class Environment:
    """Reads what a command asks for, and no earlier than it asks."""

    @cached_property
    def variables(self) -> dict[str, str]:
        """The environment, completed for the demonstration where there is no bot token."""
        given = environment()
        return demo.environment(given) if demo.is_on(given) else given

    @cached_property
    def settings(self) -> Settings:
        """The settings. Raises SettingsFault, which lists everything that is wrong."""
        settings = read_settings(self.variables)
        logs.configure(settings.log_format)
        return settings

    @cached_property
    def emulator_url(self) -> str:
        """Where the emulator runs; empty where Webex is real."""
        return self.variables.get(demo.EMULATOR_URL, "")

    @cached_property
    def consentry(self) -> Consentry:
        """Everything, built, over a database that answers and has all migrations."""
        built = app.build(self.settings, clock=app.clock_for(self.emulator_url))
        click.get_current_context().call_on_close(built.store.engine.dispose)
        upgrade(built.store.engine)
        return built

    @property
    def who(self) -> str:
        """Who types this, for the audit."""
        try:
            name = getpass.getuser()
        except (KeyError, OSError):  # a container may run under a number without a name
            name = f"user {os.getuid()}"
        return f"{name} (command line)"

    def insist_on_webex(self) -> None:
        """Refuse where there is no bot token: this command has no demonstration.

        Raises:
            SettingsFault: WEBEX_BOT_TOKEN is not set; whatever else is wrong is told with it.
        """
        if demo.is_on(environment()):
            read_settings(environment())


pass_environment = click.make_pass_decorator(Environment, ensure=True)
