"""The composition: built without asking anybody, for each process from its environment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.core.errors import BadInput
from bot.demo import EMULATOR_URL
from bot.emulator.demo import demo_organisation
from bot.emulator.server import Emulator
from bot.settings import read_settings
from bot.store.schema import upgrade
from tests.process_state import SETTINGS, logging_restored
from tests.stage import ANA, SAM, SPACE, free_port, made_up_secrets, staged


@pytest.fixture
def environ(sqlite_url: str) -> dict[str, str]:
    """Settings with which nothing can be reached but the database."""
    return made_up_secrets() | {
        "ADMIN_EMAILS": SAM,
        "DATABASE_URL": sqlite_url,
        "WEBEX_API_URL": f"http://127.0.0.1:{free_port()}/v1",
    }


@pytest.fixture
def consentry(environ: dict[str, str]) -> Iterator[app.Consentry]:
    built = app.build(read_settings(environ))
    yield built
    built.store.engine.dispose()


def test_the_time_is_aware_and_now(tmp_path: Path) -> None:
    written = tmp_path / "now"
    written.touch()
    now = app.system_clock()
    assert now.utcoffset() == timedelta()
    assert abs(now - datetime.fromtimestamp(written.stat().st_mtime, UTC)) < timedelta(minutes=1)


def test_building_asks_nothing_of_webex_and_needs_no_tables(consentry: app.Consentry) -> None:
    client = consentry.web().test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "lacks migrations" in answer.text


def test_it_is_ready_once_the_tables_are_there(consentry: app.Consentry) -> None:
    upgrade(consentry.store.engine)
    client = consentry.web().test_client()
    assert client.get("/readyz").text == "ready\n"
    assert "consentry_waiting" in client.get("/metrics").text


def test_a_database_that_is_away_makes_it_unready(environ: dict[str, str]) -> None:
    url = f"postgresql://u:geheim@127.0.0.1:{free_port()}/x"
    built = app.build(read_settings(environ | {"DATABASE_URL": url}))
    answer = built.web().test_client().get("/readyz")
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:////dev/null/x.db", "The file of DATABASE_URL cannot be made"),
        ("postgresql://u:geheim@h:geheim/x", "DATABASE_URL has no number for its port"),
        ("sqlite://", "DATABASE_URL names no file"),
    ],
)
def test_a_database_of_no_use_is_refused_in_two_sentences(
    environ: dict[str, str], url: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message) as refused:
        app.build(read_settings(environ | {"DATABASE_URL": url}))
    assert refused.value.advice
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_public_address_is_where_webhooks_and_browsers_go(
    environ: dict[str, str], scheme: str
) -> None:
    url = f"{scheme}://consentry.example.com"
    built = app.build(read_settings(environ | {"PUBLIC_URL": url}))
    assert built.reception.target_url == f"{url}/webhooks/webex"
    page = built.web().test_client().get("/connect/unknown")
    assert ("Strict-Transport-Security" in page.headers) is (scheme == "https")
    built.store.engine.dispose()


def test_the_front_page_leads_to_the_chat_where_webex_is_emulated(
    consentry: app.Consentry,
) -> None:
    chat_url = "http://127.0.0.1:8081"
    assert chat_url in consentry.web(chat_url=chat_url).test_client().get("/").text
    assert chat_url not in consentry.web().test_client().get("/").text


def test_alerts_go_to_the_administrators_and_to_their_space(sqlite_url: str) -> None:
    with staged(sqlite_url) as stage:
        room = next(room for room in stage.webex.state.rooms.values() if room.title == SPACE)
        with_room = stage.environ | {"ADMIN_ROOM_ID": room.id}
        stage.consentry = app.build(read_settings(with_room), clock=stage.webex.clock)
        stage.worker.stop()
        stage.worker = stage.consentry.worker()
        stage.register()
        stage.connect(ANA)
        stage.control("revoke", person=ANA)
        stage.move(days=20)
        assert "needs attention" in stage.last(SAM)
        assert "needs attention" in stage.heard_in(SPACE)[-1]["markdown"]


def test_the_clock_is_the_emulators_where_one_is_named() -> None:
    assert app.clock_for("") is app.system_clock
    with Emulator(demo_organisation("token", "http://127.0.0.1/")) as webex:
        webex.clock.move(timedelta(days=400))
        ahead = app.clock_for(webex.url)() - app.system_clock()
    assert ahead > timedelta(days=399)


def test_a_serving_process_builds_itself_from_its_environment(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**environ, EMULATOR_URL: "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    with logging_restored():
        flask = app.wsgi()
    assert "http://127.0.0.1:1" in flask.test_client().get("/").text
