"""What commands start from: nothing set is a demonstration; rubbish is refused in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.stage import Stage, free_port


def test_with_nothing_set_the_demonstrations_database_and_keys_are_used(
    bare: Terminal, folder: Path
) -> None:
    for _ in range(2):
        assert bare.json("integrations", "list") == []
    kept = {path.name for path in (folder / "var").iterdir()}
    assert {"consentry.db", "demo.json"} <= kept


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "abc", "PORT is 'abc', and must be a whole number"),
        ("ENCRYPTION_KEYS", "rubbish", "not 32 bytes in base64"),
        ("ENCRYPTION_KEYS", "schlüssel", "ENCRYPTION_KEYS is wrong"),
        ("DATABASE_URL", "rubbish", "DATABASE_URL is no URL. Write sqlite:///"),
        ("DATABASE_URL", "mysql://x/y", "names mysql, which is not supported"),
        ("DATABASE_URL", "postgresql://u:geheim@h:geheim/x", "has no number for its port; write"),
        ("DATABASE_URL", "sqlite:////dev/null/x.db", "cannot be made: "),
        ("DATABASE_URL", "sqlite:////", "the database does not answer"),
        ("REMINDER_DAYS", "999999999999", "whole days from 1 to 365"),
    ],
)
def test_rubbish_is_refused_in_a_sentence_and_shows_no_password(
    bare: Terminal, name: str, value: str, sentence: str
) -> None:
    told = bare.having({name: value}).refused("integrations", "list")
    assert sentence in told
    assert "geheim" not in told


def test_a_database_that_is_away_is_told_in_a_sentence(bare: Terminal) -> None:
    url = f"postgresql://u:geheim@127.0.0.1:{free_port()}/x"
    told = bare.having({"DATABASE_URL": url}).refused("forecast")
    assert told.startswith("DATABASE_URL is not usable: the database does not answer")
    assert "geheim" not in told


def test_a_file_that_is_no_database_is_told_in_a_sentence(bare: Terminal, folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear database," * 1000)
    url = {"DATABASE_URL": "sqlite:///letter.txt"}
    assert "does not answer" in bare.having(url).refused("forecast")


def test_a_wrong_encryption_key_hinders_nobody_who_needs_no_secret(terminal: Terminal) -> None:
    other = {"ENCRYPTION_KEYS": terminal.done("keys", "generate").strip()}
    wrong = terminal.having(other)
    assert len(wrong.json("integrations", "list")) == 1
    told = wrong.type("doctor").stdout
    assert "BAD  keys: The secret in integrations.client_secret of calling does not open." in told
    assert "Check that ENCRYPTION_KEYS still holds the key that sealed it." in told


@pytest.mark.parametrize("command", ["web", "worker"])
def test_without_a_bot_token_nothing_but_run_starts_and_all_that_lacks_is_told(
    command: str, folder: Path
) -> None:
    told = Terminal({"LOG_FORMAT": "xml"}).refused(command)
    for name in ("WEBEX_BOT_TOKEN", "SECRET_KEY", "ENCRYPTION_KEYS", "ADMIN_EMAILS", "LOG_FORMAT"):
        assert f"- {name} is " in told
    assert "`consentry run`" in told
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["web", "worker"])
def test_the_demonstrations_settings_are_no_bot_token(command: str, terminal: Terminal) -> None:
    assert "WEBEX_BOT_TOKEN is not set" in terminal.having({"WEBEX_BOT_TOKEN": " "}).refused(
        command
    )


def test_the_audit_names_who_typed_it(
    stage: Stage, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "olga")
    terminal.done("integrations", "remove", "calling")
    assert audited(stage)[-1] == "olga (command line)"


def test_a_user_without_a_name_is_named_by_number(
    stage: Stage, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    terminal.done("integrations", "remove", "calling")
    assert audited(stage)[-1] == "user 4000000000 (command line)"


def audited(stage: Stage) -> list[str]:
    with stage.consentry.store.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT who FROM audit ORDER BY seq").scalars())
