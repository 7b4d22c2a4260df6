"""The real commands as real processes: started, killed without warning, started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from bot.demo import EMULATOR_URL
from bot.emulator.demo import demo_organisation
from bot.emulator.server import Emulator
from tests.stage import ANA, BOT, free_port, made_up_secrets, said_by_bot

CONSENTRY = Path(sys.executable).with_name("consentry")
_PATIENCE = 30.0


def test_web_and_worker_killed_in_a_burst_answer_every_message_once(database_url: str) -> None:
    burst = 40
    port = free_port()
    secrets = made_up_secrets()
    organisation = demo_organisation(
        secrets["WEBEX_BOT_TOKEN"], f"http://127.0.0.1:{port}/oauth/callback"
    )
    with Emulator(organisation) as webex:
        environ = secrets | {
            "WEBEX_API_URL": webex.api_url,
            "DATABASE_URL": database_url,
            "ADMIN_EMAILS": "sam.lindqvist@northwind.example",
            "PORT": str(port),
            EMULATOR_URL: webex.url,
        }
        with command("web", environ, port=port):
            for life in range(3):
                with command("worker", environ, end=signal.SIGKILL):
                    until(lambda: webex.state.webhooks)
                    for number in range(burst // 2 if life < 2 else 0):
                        webex_say(webex, f"scopes {life}{number}")
                    if life == 2:
                        until(lambda: len(said_by_bot(webex, ANA)) >= burst)
                # What the dead held is given back when its leases run out.
                webex.clock.move(timedelta(minutes=5))
        answers = said_by_bot(webex, ANA)
        assert len(answers) == burst


def test_run_brings_an_emulator_and_gives_the_port_back_however_it_ends(tmp_path: Path) -> None:
    port = free_port(together=2)
    environ = {"PORT": str(port)}
    for end in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
        with command("run", environ, port=port, end=end, folder=tmp_path):
            page = requests.get(f"http://127.0.0.1:{port + 1}/", timeout=5)
            assert "Northwind Clinic" in page.text
            assert requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).text == "ready\n"
        until(lambda: is_free(port) and is_free(port + 1))
    assert (tmp_path / "var" / "demo.json").stat().st_mode & 0o077 == 0


def test_a_ctrl_c_that_reaches_parent_and_child_at_once_ends_both(tmp_path: Path) -> None:
    port = free_port(together=2)
    for _ in range(3):
        process = subprocess.Popen(
            [CONSENTRY, "run"],
            env={**CLEAN, "PORT": str(port)},
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: is_up(port))
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=_PATIENCE)
        until(lambda: is_free(port) and is_free(port + 1))


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    port = free_port(together=2)
    with command("run", {"PORT": str(port)}, port=port, folder=tmp_path):
        second = subprocess.run(
            [CONSENTRY, "run"], env={**CLEAN, "PORT": str(port)}, cwd=tmp_path, capture_output=True,
            text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
    assert second.returncode == 1
    assert f"Port {port} is taken" in second.stderr


CLEAN = {name: value for name, value in os.environ.items() if "WEBEX" not in name}


@contextmanager
def command(
    name: str,
    environ: Mapping[str, str],
    *,
    port: int = 0,
    end: signal.Signals = signal.SIGTERM,
    folder: Path | None = None,
) -> Iterator[None]:
    """Run a command until the block ends, then end it by this signal."""
    process = subprocess.Popen(
        [CONSENTRY, name],
        env={**CLEAN, **environ},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if port:
            until(lambda: is_up(port))
        yield
    finally:
        process.send_signal(end)
        process.wait(timeout=_PATIENCE)


def webex_say(webex: Emulator, text: str) -> None:
    wish = {"person": ANA, "to": BOT, "text": text}
    requests.post(f"{webex.url}/_emulator/speak", json=wish, timeout=5).raise_for_status()


def is_up(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).ok
    except requests.ConnectionError:
        return False


def is_free(port: int) -> bool:
    try:
        requests.get(f"http://127.0.0.1:{port}/", timeout=2)
    except requests.ConnectionError:
        return True
    return False


def until(is_so: Callable[[], object]) -> None:
    """Wait for it, but not for ever."""
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        time.sleep(0.02)
