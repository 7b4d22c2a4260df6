"""A terminal: types commands in this process, in a folder and with settings of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.process_state import SETTINGS


class Terminal:
    """Remembers nothing but its settings; every command starts afresh."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)
        unset: dict[str, str | None] = dict.fromkeys(SETTINGS)
        self._runner = CliRunner(env=unset | self.environ)

    def having(self, environ: Mapping[str, str]) -> Terminal:
        """Give another terminal, in which these are set, too."""
        return Terminal(self.environ | dict(environ))

    def type(self, *words: str, stdin: str | bytes = "") -> Result:
        """Run a command; whatever it was, no trace of Python's may come out."""
        result = self._runner.invoke(main, words, input=stdin)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result

    def done(self, *words: str, stdin: str = "") -> str:
        """Run a command that must succeed; gives what it printed."""
        result = self.type(*words, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str, stdin: str | bytes = "", code: int = 1) -> str:
        """Run a command that must be refused, and print nothing a script would read."""
        result = self.type(*words, stdin=stdin)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        return result.stderr

    def json(self, *words: str) -> Any:  # noqa: ANN401 - whatever it prints
        """Run a command that prints JSON; gives what it says."""
        return json.loads(self.done(*words, "--json"))
