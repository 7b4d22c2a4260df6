"""The command group: help without settings, exit codes, refusals in two sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("-h",),
        ("--version",),
        ("run", "--help"),
        ("integrations", "add", "--help"),
        ("keys", "generate"),
    ],
)
def test_help_version_and_a_new_key_need_no_settings_and_leave_nothing_behind(
    words: tuple[str, ...], folder: Path
) -> None:
    terminal = Terminal({"PORT": "abc", "DATABASE_URL": "rubbish", "WEBEX_BOT_TOKEN": "x"})
    assert terminal.done(*words)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("keys",),
        ("db", "downgrade"),
        ("forecast", "--days", "0"),
        ("forecast", "--days", "soon"),
        ("web", "--workers", "0"),
        ("emulator", "--port", "65536"),
        ("integrations", "add"),
        ("integrations", "add", "x", "--kind", "robot"),
        ("integrations", "show"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_two(words: tuple[str, ...], folder: Path) -> None:
    assert "Usage: " in Terminal({}).refused(*words, code=2)
    assert list(folder.iterdir()) == []


def test_a_refusal_says_what_happened_and_what_to_do_with_exit_code_one() -> None:
    told = Terminal({"WEBEX_BOT_TOKEN": "x"}).refused("integrations", "list")
    assert "ENCRYPTION_KEYS is not set: run `consentry keys generate`" in told
    assert "the README lists every setting." in told
    assert "Traceback" not in told
