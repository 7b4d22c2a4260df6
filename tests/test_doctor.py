"""The doctor: well where all is well; else what is wrong, and its remedy."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot import app, demo
from bot.doctor import Finding, examine
from bot.store.sealing import generate_key
from tests.stage import ANA, Stage, free_port, made_up_secrets, staged


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    with staged(sqlite_url) as stage:
        stage.register()
        yield stage


def test_a_running_stage_is_well_on_either_database(database_url: str) -> None:
    with staged(database_url) as stage:
        stage.register()
        findings = list(examine(stage.environ))
    assert [finding.what for finding in findings] == [
        "settings", "database", "keys", "faults of the last day", "clock", "bot token", "webhooks",
    ]  # fmt: skip
    assert [finding for finding in findings if not finding.is_well] == []
    details = {finding.what: finding.detail for finding in findings}
    assert "1 integration" in details["keys"]
    assert "consentry@webex.bot" in details["bot token"]


def test_each_wrong_setting_is_a_finding_and_nothing_else_is_looked_at() -> None:
    findings = list(examine({"PORT": "abc"}))
    assert {finding.what for finding in findings} == {"settings"}
    assert any(finding.detail.startswith("PORT is 'abc'") for finding in findings)
    assert all("README" in finding.remedy for finding in findings)


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("rubbish", "DATABASE_URL is no URL"),
        ("postgresql://u:geheim@127.0.0.1:geheim/x", "DATABASE_URL has no number for its port"),
        ("sqlite:////dev/null/kept.db", "The file of DATABASE_URL cannot be made: "),
    ],
)
def test_a_database_url_of_no_use_is_a_finding(url: str, detail: str) -> None:
    (finding,) = examine(made_up_secrets() | {"ADMIN_EMAILS": "a@b.example", "DATABASE_URL": url})
    assert detail in finding.detail
    assert finding.remedy
    assert "geheim" not in f"{finding}"


def test_a_database_that_is_away_has_a_remedy_and_the_rest_is_looked_at(stage: Stage) -> None:
    url = f"postgresql://u:geheim@127.0.0.1:{free_port()}/x"
    findings = found(stage.environ | {"DATABASE_URL": url})
    assert "does not answer" in findings["database"].detail
    assert "DATABASE_URL" in findings["database"].remedy
    assert "geheim" not in str(findings)
    assert set(findings) == {"settings", "database", "clock", "bot token", "webhooks"}


def test_a_database_without_tables_has_a_remedy(stage: Stage, tmp_path: Path) -> None:
    findings = found(stage.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.db"})
    assert "lacks migrations" in findings["database"].detail
    assert "consentry db upgrade" in findings["database"].remedy


def test_a_key_that_opens_nothing_has_a_remedy(stage: Stage) -> None:
    findings = found(stage.environ | {"ENCRYPTION_KEYS": generate_key().reveal()})
    assert "does not open" in findings["keys"].detail
    assert "ENCRYPTION_KEYS" in findings["keys"].remedy


def test_open_faults_are_listed_with_how_often_they_happened(stage: Stage) -> None:
    for name, times in (("signature", 7), ("client-secret:calling", 1)):
        with stage.consentry.store.begin() as work:
            work.incidents.happened(name, now=stage.webex.clock(), times=times)
    finding = found(stage.environ)["faults of the last day"]
    assert "signature (7 times)" in finding.detail
    assert "client-secret:calling" in finding.detail
    assert "consentry parked list" in finding.remedy


def test_a_fault_that_did_not_happen_again_for_a_day_is_none(stage: Stage) -> None:
    with stage.consentry.store.begin() as work:
        work.incidents.happened("signature", now=app.system_clock() - timedelta(days=2))
    assert found(stage.environ)["faults of the last day"].is_well


@pytest.mark.parametrize(
    ("seconds", "is_well"), [(-3600, False), (-5, True), (5, True), (3600, False)]
)
def test_a_clock_that_is_wrong_has_a_remedy(stage: Stage, seconds: int, is_well: bool) -> None:
    theirs = app.system_clock() + timedelta(seconds=seconds)
    with answering(format_datetime(theirs, usegmt=True)) as api_url:
        finding = found(stage.environ | {"WEBEX_API_URL": api_url})["clock"]
    assert finding.is_well is is_well
    assert ("NTP" in finding.remedy) is not is_well
    assert finding.detail.startswith("-" if seconds > 0 else "+")


def test_in_the_demonstration_a_moved_clock_is_well(stage: Stage) -> None:
    stage.webex.clock.move(timedelta(days=30))
    assert found(stage.environ | {demo.EMULATOR_URL: stage.webex.url})["clock"].is_well


def test_a_token_that_webex_does_not_know_has_a_remedy(stage: Stage) -> None:
    findings = found(stage.environ | {"WEBEX_BOT_TOKEN": "geheim"})
    assert "refuses the bot's access token" in findings["bot token"].detail
    assert "WEBEX_BOT_TOKEN" in findings["bot token"].remedy
    assert "geheim" not in str(findings)


def test_a_persons_token_is_not_a_bots(stage: Stage) -> None:
    ana = stage.webex.state.account_by_email(ANA)
    stage.webex.state.bot_tokens["hers"] = ana
    finding = found(stage.environ | {"WEBEX_BOT_TOKEN": "hers"})["bot token"]
    assert "Ana Ruiz" in finding.detail
    assert "Create a bot" in finding.remedy


def test_webhooks_that_are_missing_or_off_are_named(stage: Stage) -> None:
    first, *_, last = stage.webex.state.webhooks.values()
    del stage.webex.state.webhooks[first.id]
    last.is_active = False
    finding = found(stage.environ)["webhooks"]
    for webhook in (first, last):
        assert f"{webhook.resource}/{webhook.event}" in finding.detail
    assert "consentry worker" in finding.remedy


def test_a_webex_that_is_away_has_its_remedy(stage: Stage) -> None:
    away = stage.environ | {"WEBEX_API_URL": f"http://127.0.0.1:{free_port()}/v1"}
    for what in ("clock", "bot token", "webhooks"):
        assert "WEBEX_API_URL" in found(away)[what].remedy


def test_in_the_demonstration_the_remedy_is_to_start_it(stage: Stage) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    away = stage.environ | {"WEBEX_API_URL": f"{url}/v1", demo.EMULATOR_URL: url}
    assert "consentry run" in found(away)["bot token"].remedy


@pytest.mark.parametrize("date", ["", "soon"])
def test_an_answer_without_a_date_says_nothing_about_the_clock(stage: Stage, date: str) -> None:
    with answering(date) as api_url:
        finding = found(stage.environ | {"WEBEX_API_URL": api_url})["clock"]
    assert finding.is_well
    assert "no date" in finding.detail


def test_what_needs_no_remedy_is_well() -> None:
    well = Finding("keys", "open")
    assert well.is_well
    assert not replace(well, remedy="Do this.").is_well


@contextmanager
def answering(date: str) -> Iterator[str]:
    """Serve an API that says nothing, at this date."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(401)
            if date:
                self.send_header("Date", date)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def found(environ: Mapping[str, str]) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(environ)}
