"""The whole story is lived through; then every secret is looked for where none may stand."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from bot import logs
from tests.process_state import logging_restored
from tests.stage import ANA, BEN, SAM, SPACE, Stage, staged


def test_no_secret_reaches_the_database_file_the_logs_or_a_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with listening_to_everything(), staged(f"sqlite:///{tmp_path}/kept.db") as stage:
        stage.register()
        pages, secrets = live_through_everything(stage)
        said = str([stage.heard(person) for person in (ANA, BEN, SAM)] + [stage.heard_in(SPACE)])
    # Only now: reading the file while this process has it open would drop SQLite's locks.
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    logged = "".join(capfd.readouterr())
    assert "event_key" in logged, "nothing was logged, so nothing is proven"
    for name, secret in secrets:
        assert secret.encode() not in kept, f"{name} stands in the database"
        assert secret not in logged, f"{name} was logged"
        assert secret not in pages, f"{name} stands in a page"
        if name != "ticket":
            assert secret not in said, f"{name} was said in chat"


@contextmanager
def listening_to_everything() -> Iterator[None]:
    """Log at debug level, libraries included, as an operator would who looks for a fault."""
    with logging_restored():
        logs.configure("json")
        for name in (None, *logs.CHATTY):
            logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger("bot.emulator").setLevel(logging.WARNING)
        yield


def live_through_everything(stage: Stage) -> tuple[str, list[tuple[str, str]]]:
    """Consent, be refused, refresh, warn, disconnect; gives all pages and all secrets."""
    pages, secrets = [], list(standing_secrets(stage))
    for decision in ("decline", "accept"):
        stage.say(ANA, "connect calling")
        link = stage.link(ANA)
        browser = requests.Session()
        opened = browser.get(link, allow_redirects=False, timeout=5)
        asked = parse_qs(urlsplit(opened.headers["Location"]).query)
        back = stage.decide(opened.headers["Location"], ANA, decision=decision)
        answered = parse_qs(urlsplit(back).query)
        pages += [browser.get(back, timeout=5).text, browser.get(back, timeout=5).text]
        secrets += [("ticket", link.rpartition("/")[2]), ("state", asked["state"][0])]
        secrets += [("code", code) for code in answered.get("code", [])]
        secrets += [("cookie", value) for value in browser.cookies.values()]
    stage.say(BEN, "connect calling")
    pages.append(stage.consent(stage.link(BEN), ANA).text)
    stage.move(days=10)
    stage.control("revoke", person=ANA)
    stage.move(days=10)
    stage.say(ANA, "status", space=SPACE)
    for path in ("/", "/healthz", "/readyz", "/metrics", "/connect/unknown", "/nowhere"):
        pages.append(requests.get(stage.url + path, timeout=5).text)
    return "".join(pages), [*secrets, *issued(stage)]


def standing_secrets(stage: Stage) -> Iterator[tuple[str, str]]:
    for name in ("WEBEX_BOT_TOKEN", "WEBEX_WEBHOOK_SECRET", "SECRET_KEY", "ENCRYPTION_KEYS"):
        yield name, stage.environ[name]
    for client in stage.webex.state.integrations.values():
        yield "client secret", client.client_secret


def issued(stage: Stage) -> Iterator[tuple[str, str]]:
    """Every token that Webex ever gave."""
    grants = stage.webex.state.grants
    yield from (("access token", token) for token in grants._by_access_token)
    yield from (("refresh token", token) for token in grants._by_refresh_token)
