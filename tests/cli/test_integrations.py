"""Registering integrations and looking at them, as it is typed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.process_state import without_settings
from tests.stage import ANA, BEN, Stage

CONSENTRY = Path(sys.executable).with_name("consentry")
SECRET = "the-client-secret"
ADD = (
    "integrations", "add", "reports", "--name", "Reports", "--client-id", "C123",
    "--scopes", "spark:people_read, analytics:read_all", "--owner", "olga@northwind.example",
)  # fmt: skip
TASK = ("--task", "POST /messages")
_SECONDS = 30


def test_one_is_registered_with_the_secret_from_a_pipe(stage: Stage, terminal: Terminal) -> None:
    result = terminal.type(*ADD, stdin=f"{SECRET}\r\nand more\n")
    assert result.exit_code == 0
    assert result.stdout == "Registered reports. People can now say: connect reports\n"
    assert SECRET not in result.output
    with stage.consentry.store.reading() as work:
        kept = work.integrations.get("reports")
    assert kept.client_secret.reveal() == SECRET
    assert kept.scopes == ("spark:people_read", "analytics:read_all")


def test_every_option_arrives(terminal: Terminal) -> None:
    terminal.done(
        *ADD, "--purpose", "Counts.", "--access", "approval", "--renewal", "manual",
        "--approver", "a@b.example", "--approver", "c@d.example", "--max-days", "30",
        "--kind", "service-app", "--application-id", "A1",
        "--task", "GET /people/me", stdin=SECRET,
    )  # fmt: skip
    facts = terminal.json("integrations", "show", "reports")
    found = facts.pop("check")
    assert (found["fits"], found["better"]) == (False, ["spark:people_read"])
    assert [one["scope"] for one in found["unneeded"]] == ["analytics:read_all"]
    assert facts == {
        "slug": "reports",
        "name": "Reports",
        "purpose": "Counts.",
        "client_id": "C123",
        "scopes": ["spark:people_read", "analytics:read_all"],
        "owner": "olga@northwind.example",
        "approvers": ["a@b.example", "c@d.example"],
        "access": "approval",
        "renewal": "manual",
        "max_days": 30,
        "kind": "service-app",
        "application_id": "A1",
        "tasks": ["GET /people/me"],
        "client_secret_refused_at": None,
        "connections": [],
    }


def test_without_the_scope_that_tells_who_consents_it_is_said_to_be_missing(
    terminal: Terminal,
) -> None:
    words = ["calls:read" if "spark:people_read" in word else word for word in ADD]
    told = terminal.done(*words, stdin=SECRET)
    assert "  missing: spark:people_read  Without it Webex does not say which account" in told


@pytest.mark.parametrize("stdin", ["", "\n", "  \n", b"\xff\xfe\n", b"a\x00b\n"])
def test_a_pipe_without_a_secret_is_refused(terminal: Terminal, stdin: str | bytes) -> None:
    told = terminal.refused(*ADD, stdin=stdin)
    assert told.startswith("Standard input holds no client secret. Pipe it in as one line")
    assert "no integration 'reports'" in terminal.refused("integrations", "show", "reports")


def test_there_is_no_option_for_a_secret(terminal: Terminal) -> None:
    told = terminal.refused(*ADD, "--client-secret", SECRET, code=2)
    assert "No such option" in told
    assert SECRET not in told
    assert "secret" not in terminal.done("integrations", "add", "--help").split("Options:")[1]


def test_the_same_slug_twice_is_refused(terminal: Terminal) -> None:
    terminal.done(*ADD, stdin=SECRET)
    told = terminal.refused(*ADD, stdin=SECRET)
    assert told.startswith("An integration 'reports' is registered already. Choose another slug")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--owner", "olga"), "olga is not an e-mail address"),
        (("--approver", ""), "an empty text is not an e-mail address"),
        (("--scopes", " , "), "it has no scopes"),
        (("--name", " "), "it has no name"),
        (("--max-days", "0"), "max-days must be at least 1"),
        (("--kind", "service-app"), "a service app needs its application id"),
    ],
)
def test_what_cannot_work_is_refused_with_its_fault(
    terminal: Terminal, words: tuple[str, str], fault: str
) -> None:
    told = terminal.refused(*ADD, *words, stdin=SECRET)
    assert fault in told
    assert "nothing was stored" in told
    assert SECRET not in told


def test_settings_are_looked_at_before_a_secret_is_asked_for() -> None:
    told = Terminal({"WEBEX_BOT_TOKEN": "x"}).refused(*ADD)
    assert "SECRET_KEY is not set" in told


def test_an_empty_list_says_how_to_begin(bare: Terminal) -> None:
    result = bare.type("integrations", "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "consentry integrations add --help" in result.stderr
    assert bare.json("integrations", "list") == []


def test_the_list_is_a_line_each(terminal: Terminal) -> None:
    line = f"calling\tCalling Dashboard\topen\t{BEN}\n"
    assert terminal.done("integrations", "list") == line
    assert [one["slug"] for one in terminal.json("integrations", "list")] == ["calling"]


def test_one_is_shown_with_its_connections_and_no_token(stage: Stage, terminal: Terminal) -> None:
    stage.connect(ANA)
    facts = terminal.json("integrations", "show", "calling")
    (connection,) = facts["connections"]
    assert (connection["email"], connection["state"]) == (ANA, "active")
    for name in ("consented_at", "access_ends_at", "refresh_ends_at"):
        assert datetime.fromisoformat(connection[name]).utcoffset() == timedelta()
    text = terminal.done("integrations", "show", "calling")
    assert f"owner: {BEN}" in text
    assert "max days: -" in text
    assert ANA in text
    grants = stage.webex.state.grants
    shown = f"{facts}{text}"
    assert grants._by_access_token
    assert not [token for token in grants._by_access_token if token in shown]
    assert not [c for c in stage.webex.state.integrations.values() if c.client_secret in shown]


def test_a_secret_that_webex_refuses_shows_since_when(stage: Stage, terminal: Terminal) -> None:
    for client in stage.webex.state.integrations.values():
        object.__setattr__(client, "client_secret", "another")
    stage.connect(ANA)
    refused_at = terminal.json("integrations", "show", "calling")["client_secret_refused_at"]
    assert datetime.fromisoformat(refused_at).utcoffset() == timedelta()
    terminal.done("integrations", "secret", "calling", stdin="another")
    shown = terminal.json("integrations", "show", "calling")
    assert shown["client_secret_refused_at"] is None


@pytest.mark.parametrize(
    ("what", "rest"),
    [("show", ()), ("remove", ()), ("secret", ()), ("scopes", ("--scopes", "a")), ("tasks", TASK)],
)
def test_an_unknown_slug_names_the_nearest(
    terminal: Terminal, what: str, rest: tuple[str, ...]
) -> None:
    told = terminal.refused("integrations", what, "caling", *rest, stdin=SECRET)
    assert told == "There is no integration 'caling'. Did you mean calling?\n"


def test_one_is_removed_once_nobody_is_connected(stage: Stage, terminal: Terminal) -> None:
    stage.connect(ANA)
    assert "1 connection" in terminal.refused("integrations", "remove", "calling")
    stage.say(ANA, "disconnect calling")
    stage.press(ANA, stage.heard(ANA)[-1], "Disconnect")
    assert terminal.done("integrations", "remove", "calling") == "Removed calling.\n"
    assert terminal.json("integrations", "list") == []


def test_a_registration_with_tasks_is_checked_at_once(terminal: Terminal) -> None:
    told = terminal.done(*ADD, *TASK, "--task", "GET /people/me", stdin=SECRET)
    assert told.splitlines() == [
        "Registered reports. People can now say: connect reports",
        "Checked against the declared tasks: 1 missing, 1 more than needed.",
        "  missing: spark:messages_write  Without it this fails: POST /messages.",
        "  more than needed: analytics:read_all  Every declared task works without it.",
        "  better: spark:people_read spark:messages_write",
    ]


def test_a_new_secret_replaces_the_old_one(stage: Stage, terminal: Terminal) -> None:
    told = terminal.done("integrations", "secret", "calling", stdin=f"{SECRET}\n")
    assert told.startswith("The client secret of calling is replaced")
    with stage.consentry.store.reading() as work:
        assert work.integrations.get("calling").client_secret.reveal() == SECRET


def test_nobody_waits_while_somebody_types_a_secret(stage: Stage) -> None:
    with command(stage, stdin=subprocess.PIPE) as typing:
        assert typing.stdin
        with pytest.raises(subprocess.TimeoutExpired):
            typing.wait(timeout=1.5)  # it has long begun to read by then
        with stage.consentry.store.begin() as work:
            work.incidents.happened("beside", now=stage.webex.clock())
        typing.stdin.write(b"typed\n")
        typing.stdin.close()
        assert typing.wait(_SECONDS) == 0
    with stage.consentry.store.reading() as work:
        assert work.integrations.get("calling").client_secret.reveal() == "typed"


def test_a_person_at_a_terminal_is_asked_and_the_answer_is_not_shown(stage: Stage) -> None:
    ours, theirs = pty.openpty()
    with command(stage, stdin=theirs) as typing:
        os.close(theirs)
        shown = b""
        while b"Client secret" not in shown:
            shown += os.read(ours, 1000)
        os.write(ours, b"typed\n")
        assert typing.wait(_SECONDS) == 0
    os.close(ours)
    assert b"typed" not in shown
    with stage.consentry.store.reading() as work:
        assert work.integrations.get("calling").client_secret.reveal() == "typed"


def test_a_closed_standard_input_is_refused_in_a_sentence(stage: Stage) -> None:
    line = f"exec {CONSENTRY} integrations secret calling <&-"
    result = subprocess.run(
        ["sh", "-c", line], env=without_settings() | stage.environ, capture_output=True, text=True,
        timeout=_SECONDS, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.startswith("Standard input holds no client secret.")


def command(stage: Stage, *, stdin: int) -> subprocess.Popen[bytes]:
    """Begin to replace the client secret in a process of its own."""
    return subprocess.Popen(
        [CONSENTRY, "integrations", "secret", "calling"],
        env=without_settings() | stage.environ, stdin=stdin,
        stdout=subprocess.DEVNULL, stderr=stdin if os.isatty(stdin) else subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
