"""The log: one masked stream for ours and the libraries' lines, in either format."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from tests.process_state import logging_restored


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    with logging_restored():
        yield


@pytest.mark.parametrize(
    "name", ["access_token", "client_secret", "Authorization", "code", "state", "ticket", "body"]
)
def test_a_value_is_masked_by_the_name_it_goes_under(name: str) -> None:
    assert logs.redact(None, "info", {"event": "x", name: "geheim"})[name] == "[masked]"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer geheim",
        "GET /connect/geheim",
        "/oauth/callback?code=geheim&x=1",
        "/oauth/callback?x=1&state=geheim",
        '{"refresh_token": "geheim"}',
        "access_token=geheim",
    ],
)
def test_a_text_is_masked_by_what_it_looks_like(text: str) -> None:
    masked = logs.redact(None, "info", {"event": text, "why": text})
    assert "geheim" not in str(masked)
    assert str(masked).count("[masked]") == 2


def test_what_lies_deeper_is_masked_too() -> None:
    facts = {"facts": {"code": "geheim", "why": ["Bearer geheim", ("state=geheim", 3)]}}
    masked = logs.redact(None, "info", {"event": "x", **facts})
    assert "geheim" not in str(masked)
    assert str(masked).count("[masked]") == 3
    assert "3" in str(masked)


def test_what_is_no_secret_stays() -> None:
    event = {"event": "heard", "resource": "messages", "times": 3}
    assert logs.redact(None, "info", dict(event)) == event


def test_json_lines_hold_ours_and_the_libraries_words_alike(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("json")
    structlog.get_logger("bot.ours").info("heard", code="geheim")
    logging.getLogger("library").warning("sent %s", "Bearer geheim")
    ours, library = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["logger"], ours["level"]) == ("heard", "bot.ours", "info")
    assert ours["timestamp"].endswith("Z")
    assert ours["code"] == "[masked]"
    assert library["event"] == "sent Bearer [masked]"


def test_a_trace_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    try:
        int("code=geheim")
    except ValueError:
        structlog.get_logger("bot.ours").exception("fault")
    line = json.loads(capsys.readouterr().err)
    assert "ValueError: " in line["exception"]
    assert "code=[masked]" in line["exception"]
    assert "geheim" not in line["exception"].splitlines()[-1]


def test_what_libraries_chat_about_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    for name in logs.CHATTY:
        logging.getLogger(name).info("chat")
    assert capsys.readouterr().err == ""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("log_format", "stream", "is_json"),
    [
        ("", io.StringIO(), True),
        ("", _Terminal(), False),
        ("json", _Terminal(), True),
        ("console", io.StringIO(), False),
    ],
)
def test_a_terminal_gets_words_and_anything_else_json_unless_it_is_set(
    log_format: str, stream: io.StringIO, is_json: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure(log_format)
    structlog.get_logger("bot.ours").info("heard")
    assert stream.getvalue().startswith("{") is is_json
    assert "heard" in stream.getvalue()
