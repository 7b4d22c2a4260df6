"""Keys: a new one is printed once and nowhere else; rotating needs the old one beside it."""

from __future__ import annotations

import base64
from pathlib import Path

from bot.core.secrets import Secret
from bot.store.sealing import Sealer
from tests.cli.terminal import Terminal


def test_a_new_key_is_the_last_word_of_standard_output_and_nowhere_else(folder: Path) -> None:
    result = Terminal({}).type("keys", "generate")
    key = result.stdout.split()[-1]
    assert len(base64.b64decode(key)) == 32
    assert result.stdout.endswith(f"{key}\n")
    assert result.stderr == ""
    assert list(folder.iterdir()) == []
    Sealer.from_text(Secret(key))


def test_no_two_keys_are_alike() -> None:
    assert Terminal({}).done("keys", "generate") != Terminal({}).done("keys", "generate")


def test_after_a_rotation_the_first_key_opens_everything_alone(terminal: Terminal) -> None:
    old, new = terminal.environ["ENCRYPTION_KEYS"], terminal.done("keys", "generate").strip()
    both = terminal.having({"ENCRYPTION_KEYS": f"{new},{old}"})
    told = both.done("keys", "rotate")
    assert "Sealed 1 anew; 0 were current already." in told
    assert "The other keys may now go." in told
    assert "Sealed 0 anew; 1 were current already." in both.done("keys", "rotate")
    alone = terminal.having({"ENCRYPTION_KEYS": new})
    assert "ok   keys: open the secrets of 1 integration(s)" in alone.done("doctor")
    assert "does not open" in terminal.type("doctor").stdout


def test_a_rotation_without_the_old_key_says_so_and_changes_nothing(terminal: Terminal) -> None:
    new = terminal.done("keys", "generate").strip()
    result = terminal.having({"ENCRYPTION_KEYS": new}).type("keys", "rotate")
    assert result.exit_code == 1
    assert "The other keys may now go." not in result.stdout
    assert "1 do not open: integrations.client_secret of calling." in result.stderr
    assert "Put the key that sealed them into ENCRYPTION_KEYS" in result.stderr
    assert "ok   keys: " in terminal.done("doctor")
