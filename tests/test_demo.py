"""The demonstration: keys that are made once, an emulator, two integrations, a movable clock."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from flask import request

from bot import demo
from bot.app import advisor
from bot.core.errors import BadInput
from bot.core.secrets import Secret
from bot.emulator.demo import demo_organisation
from bot.emulator.server import Emulator
from bot.flows.administrators import Administrators
from bot.flows.integrations import Integrations
from bot.settings import read_settings
from bot.store.store import Store
from tests.fakes import FakeClock
from tests.flows.doubles import PlainNotices
from tests.stage import free_port

NOW = datetime(2026, 11, 20, tzinfo=UTC)
REDIRECT = "http://127.0.0.1:8080/oauth/callback"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "var" / "demo.json"


@pytest.mark.parametrize(("token", "is_on"), [(None, True), (" ", True), ("abc", False)])
def test_it_is_on_where_there_is_no_bot_token(token: str | None, is_on: bool) -> None:
    assert demo.is_on({} if token is None else {"WEBEX_BOT_TOKEN": token}) is is_on


def test_nothing_set_is_enough_to_start(kept: Path) -> None:
    settings = read_settings(demo.environment({}, kept=kept))
    assert settings.webex_api_url == "http://127.0.0.1:8081/v1"
    assert settings.admin_emails == ("sam.lindqvist@northwind.example",)


def test_what_is_set_stays_and_a_blank_is_not_set(kept: Path) -> None:
    given = {"PORT": "9000", "ADMIN_EMAILS": "me@x.example", "SECRET_KEY": " "}
    made = demo.environment(given, kept=kept)
    assert made["ADMIN_EMAILS"] == "me@x.example"
    assert made[demo.EMULATOR_URL] == "http://127.0.0.1:9001"
    assert read_settings(made).port == 9000


def test_a_port_that_is_none_is_left_to_the_settings_to_refuse(kept: Path) -> None:
    assert demo.environment({"PORT": "abc"}, kept=kept)["PORT"] == "abc"


def test_keys_are_made_once_and_only_their_owner_may_read_them(kept: Path) -> None:
    assert demo.environment({}, kept=kept) == demo.environment({}, kept=kept)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_who_starts_at_the_same_moment_has_the_same_keys(kept: Path) -> None:
    start, made = threading.Barrier(4), []

    def begin() -> None:
        start.wait()
        made.append(demo.environment({}, kept=kept)["ENCRYPTION_KEYS"])

    threads = [threading.Thread(target=begin) for _ in range(start.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == start.parties
    assert len(set(made)) == 1
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("content", [b"", b"[", b"5", b"\xff", b"[1, 2]"])
def test_kept_keys_that_make_no_sense_are_told_in_a_sentence(kept: Path, content: bytes) -> None:
    kept.parent.mkdir()
    kept.write_bytes(content)
    with pytest.raises(BadInput, match="delete the file's folder"):
        demo.environment({}, kept=kept)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(kept: Path) -> None:
    kept.parent.write_text("a file where the folder should be")
    with pytest.raises(BadInput, match="Start in a folder that you may write to"):
        demo.environment({}, kept=kept)


def test_the_emulator_knows_the_bot_and_the_same_clients_after_every_start(kept: Path) -> None:
    token = demo.environment({}, kept=kept)["WEBEX_BOT_TOKEN"]
    clients = []
    for _ in range(2):
        webex = demo.emulator(0, redirect_uri=REDIRECT, bot_token=Secret(token), kept=kept)
        clients.append({c.client_id: c.client_secret for c in webex.state.integrations.values()})
        with webex:
            bearer = {"Authorization": f"Bearer {token}"}
            me = requests.get(f"{webex.api_url}/people/me", headers=bearer, timeout=5).json()
            assert me["displayName"] == "Consentry"
    assert clients[0] == clients[1]
    assert len(clients[0]) == 2


def test_the_integrations_are_registered_on_the_first_start_only(kept: Path, store: Store) -> None:
    webex = demo.emulator(0, redirect_uri=REDIRECT, bot_token=Secret(demo.new_token()), kept=kept)
    integrations = Integrations(FakeClock(NOW), PlainNotices(), Administrators(()), advisor())
    for _ in range(2):
        demo.register(store, integrations, webex)
    webex.stop()
    with store.reading() as work:
        found = {one.slug: one for one in work.integrations.all()}
    assert sorted(found) == ["calling", "wallboard"]
    assert "spark:people_read" in found["calling"].scopes
    secrets = {client.client_secret for client in webex.state.integrations.values()}
    assert {one.client_secret.reveal() for one in found.values()} == secrets


def test_the_card_renderer_is_used_where_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert demo.renderer() is None
    script = tmp_path / "share" / "adaptivecards" / "adaptivecards.min.js"
    script.parent.mkdir(parents=True)
    script.write_text("// cards")
    assert demo.renderer() == script


def test_the_clock_follows_the_emulators_forth_and_back() -> None:
    with Emulator(demo_organisation("token", REDIRECT)) as webex:
        clock = demo.clock(lambda: NOW, webex.url)
        assert clock() == NOW
        webex.clock.move(timedelta(days=3))
        until(clock, NOW + timedelta(days=3))
        webex.clock.move(timedelta(days=-3))
        until(clock, NOW)
        webex.clock.move(timedelta(days=5))
        until(clock, NOW + timedelta(days=5))
    time.sleep(0.2)
    assert clock() == NOW + timedelta(days=5), "an emulator that is away moves no clock"


def test_the_emulator_is_not_asked_at_every_look_at_the_clock() -> None:
    asked = []
    with Emulator(demo_organisation("token", REDIRECT)) as webex:
        webex.app.before_request_funcs[None].append(lambda: asked.append(request.path))
        clock = demo.clock(lambda: NOW, webex.url)
        begun = time.monotonic()
        for _ in range(50):
            clock()
        took = time.monotonic() - begun
    assert len(asked) <= 1 + took / 0.5


def test_without_an_emulator_it_is_the_time_of_this_machine() -> None:
    assert demo.clock(lambda: NOW, f"http://127.0.0.1:{free_port()}")() == NOW


def until(clock: Callable[[], datetime], expected: datetime) -> None:
    """Wait until the clock shows this; it asks the emulator twice a second."""
    deadline = time.monotonic() + 10
    while clock() != expected:
        assert time.monotonic() < deadline, "the clock did not follow"
        time.sleep(0.01)
