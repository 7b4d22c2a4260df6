"""The commands that run until they are stopped, each as a real process."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from bot.emulator.demo import demo_organisation
from bot.emulator.server import Emulator
from tests.cli.terminal import Terminal
from tests.process_state import without_settings
from tests.stage import ANA, BOT, Stage, free_port, made_up_secrets, said_by_bot

CONSENTRY = Path(sys.executable).with_name("consentry")
_PATIENCE = 30.0


def test_run_with_nothing_set_says_what_it_started_where_to_look_and_what_to_type(
    bare: Terminal, folder: Path
) -> None:
    port = int(bare.environ["PORT"])
    with running("run", environ=bare.environ) as process:
        greeting = said_until(process, "Ctrl-C stops everything.")
        assert f"http://127.0.0.1:{port}, with a Webex of its own" in greeting
        assert f"Open http://127.0.0.1:{port + 1}/ and pick Ana Ruiz." in greeting
        assert "connect calling" in greeting
        assert f"kept in {folder / 'var'}" in greeting
        home = requests.get(f"http://127.0.0.1:{port}/", timeout=5).text
        assert f"http://127.0.0.1:{port + 1}" in home
        assert_other_commands_work_beside_it(bare, port)
        process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == 0
    assert "Traceback" not in (folder / "stderr").read_text()


def assert_other_commands_work_beside_it(bare: Terminal, port: int) -> None:
    slugs = [one["slug"] for one in bare.json("integrations", "list")]
    assert slugs == ["calling", "wallboard"]
    assert "Sealed 0 anew" in bare.done("keys", "rotate")
    speak = {"person": ANA, "to": BOT, "text": "help"}
    url = f"http://127.0.0.1:{port + 1}/_emulator"
    requests.post(f"{url}/speak", json=speak, timeout=5).raise_for_status()
    add = ("integrations", "add", "third", "--name", "T", "--client-id", "C", "--scopes", "a")
    bare.done(*add, "--owner", "o@x.example", stdin="secret")
    bare.done("integrations", "remove", "third")
    until(lambda: "BAD" not in bare.type("doctor").stdout)  # the webhooks are just being registered
    assert f"Port {port} is taken by another program. Choose" in refused("run", bare.environ)
    assert "BAD" not in bare.done("doctor"), "a refused start must leave the running one alone"


def test_the_emulators_port_must_be_free_too() -> None:
    port = free_port(together=2) + 1
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        bare = Terminal({"PORT": str(port - 1)})
        assert f"Port {port} is taken" in bare.refused("run")
        assert f"Port {port} is taken by another program. Choose another with --port" in (
            bare.refused("emulator", "--port", str(port))
        )


def test_the_last_port_leaves_none_for_the_emulator() -> None:
    assert "Port 65536 of 127.0.0.1 cannot be used" in Terminal({"PORT": "65535"}).refused("run")


def test_run_with_a_bot_token_starts_no_emulator(folder: Path) -> None:
    with webex() as (local, environ):
        with running("run", environ=environ) as process:
            greeting = said_until(process, "\n")
            assert greeting.endswith("Say help to the bot in Webex.\n")
            until(lambda: local.state.webhooks)
            assert_free(int(environ["PORT"]) + 1)
            process.send_signal(signal.SIGTERM)
            assert process.wait(_PATIENCE) == 0
        assert not (folder / "var" / "demo.json").exists()


def test_web_and_worker_answer_together_and_end_when_told_to(folder: Path) -> None:
    with webex() as (local, environ), running("web", "--workers", "2", environ=environ) as web:
        assert said_until(web, "\n") == f"Serving on port {environ['PORT']}.\n"
        assert f"Port {environ['PORT']} is taken" in refused("web", environ)
        with running("worker", environ=environ) as worker:
            assert said_until(worker, "\n") == "Working. Ctrl-C stops.\n"
            until(lambda: local.state.webhooks)
            speak = {"person": ANA, "to": BOT, "text": "help"}
            requests.post(f"{local.url}/_emulator/speak", json=speak, timeout=5)
            until(lambda: said_by_bot(local, ANA))
            worker.send_signal(signal.SIGINT)
            assert worker.wait(_PATIENCE) == 0
        web.send_signal(signal.SIGTERM)
        assert web.wait(_PATIENCE) == 0
    assert "Traceback" not in (folder / "stderr").read_text()


def test_first_commands_at_once_in_a_new_folder_end_in_answers_or_sentences(
    bare: Terminal,
) -> None:
    words = [str(CONSENTRY), "integrations", "list", "--json"]
    started = [
        subprocess.Popen(
            words, env=without_settings() | bare.environ, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in started:
        out, err = process.communicate(timeout=_PATIENCE)
        assert "Traceback" not in err
        assert process.returncode == 0, err
        assert json.loads(out) == []


def test_the_database_is_brought_up_to_date_as_often_as_one_likes(terminal: Terminal) -> None:
    for _ in range(2):
        assert terminal.done("db", "upgrade") == "The database is up to date.\n"


def test_a_new_database_gets_its_tables(stage: Stage, terminal: Terminal, folder: Path) -> None:
    fresh = terminal.having({"DATABASE_URL": "sqlite:///new/fresh.db"})
    assert "lacks migrations" in fresh.type("doctor").stdout
    fresh.done("db", "upgrade")
    assert "ok   database: up to date" in fresh.type("doctor").stdout


def test_the_emulator_alone_tells_a_bot_of_ones_own_what_it_needs(folder: Path) -> None:
    with running("emulator", "--port", "0", environ={"PORT": "abc"}) as process:
        told = said_until(process, "Contact Center Wallboard: ")
        api_url = told.split("API ")[1].split()[0]
        token = told.split("access token: ")[1].split()[0]
        bearer = {"Authorization": f"Bearer {token}"}
        me = requests.get(f"{api_url}/people/me", headers=bearer, timeout=5).json()
        assert me["emails"] == [BOT]
        process.send_signal(signal.SIGTERM)
        assert process.wait(_PATIENCE) == 0
    assert [path.name for path in folder.iterdir()] == ["stderr"]


@contextmanager
def webex() -> Iterator[tuple[Emulator, dict[str, str]]]:
    """A local Webex, and the settings of a bot that knows no other."""
    port, secrets = free_port(together=2), made_up_secrets()
    organisation = demo_organisation(
        secrets["WEBEX_BOT_TOKEN"], f"http://127.0.0.1:{port}/oauth/callback"
    )
    with Emulator(organisation) as local:
        yield (
            local,
            secrets
            | {
                "WEBEX_API_URL": local.api_url,
                "ADMIN_EMAILS": "sam.lindqvist@northwind.example",
                "PORT": str(port),
            },
        )


@contextmanager
def running(*words: str, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a command in this folder until the block ends at the latest."""
    with Path("stderr").open("ab") as errors:
        process = subprocess.Popen(
            [CONSENTRY, *words], env={**without_settings(), **environ}, text=True,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def refused(word: str, environ: Mapping[str, str]) -> str:
    """Run a command that must not start to serve; gives what it says."""
    result = subprocess.run(
        [CONSENTRY, word], env={**without_settings(), **environ}, text=True, capture_output=True,
        timeout=_PATIENCE, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    return result.stderr


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a command prints until it printed these words; gives whole lines."""
    said = ""
    while words not in said:
        assert process.stdout
        line = process.stdout.readline()
        assert line, f"it ended before: {said}"
        said += line
    return said


def assert_free(port: int) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/", timeout=5)


def until(is_so: object) -> None:
    """Wait for it, but not for ever."""
    assert callable(is_so)
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
