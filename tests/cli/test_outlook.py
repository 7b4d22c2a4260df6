"""Forecast and doctor, as they are typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.demo import EMULATOR_URL
from tests.cli.terminal import Terminal
from tests.stage import ANA, SAM, Stage


def test_a_forecast_of_nothing_says_so(terminal: Terminal) -> None:
    told = terminal.done("forecast", "--days", "7")
    assert told == "Nothing ends in the next 7 days that does not renew itself.\n"
    assert terminal.json("forecast") == {"days": 60, "warnings": []}


def test_a_forecast_lists_who_will_be_warned_when_about_what(
    stage: Stage, terminal: Terminal
) -> None:
    stage.register(slug="wallboard", name="Contact Center Wallboard", renews=False)
    stage.connect(ANA, "wallboard")
    found = terminal.json("forecast", "--days", "30")
    assert found["days"] == 30
    first = found["warnings"][0]
    assert (first["integration"], first["email"]) == ("wallboard", ANA)
    assert [one["days_before"] for one in found["warnings"]] == [7, 3, 1, 0]
    ends_at, at = (datetime.fromisoformat(first[name]) for name in ("ends_at", "at"))
    assert ends_at.utcoffset() == at.utcoffset() == timedelta()
    assert ends_at >= at
    assert f"email:{SAM}" in found["warnings"][-1]["recipients"]
    lines = terminal.done("forecast", "--days", "30").splitlines()
    assert len(lines) == len(found["warnings"])
    assert lines[0].startswith(f"{at:%Y-%m-%d %H:%M}Z  wallboard  {ANA}  ")


def test_the_doctor_is_content_with_a_running_stage(stage: Stage, terminal: Terminal) -> None:
    lines = terminal.done("doctor").splitlines()
    assert len(lines) == 7
    assert all(line.startswith("ok   ") for line in lines)


def test_the_doctor_follows_the_emulators_clock_where_one_is_named(
    stage: Stage, terminal: Terminal
) -> None:
    stage.webex.clock.move(timedelta(days=30))
    assert "BAD" not in terminal.having({EMULATOR_URL: stage.webex.url}).done("doctor")


def test_the_doctor_exits_with_one_and_a_remedy_when_something_is_wrong(
    terminal: Terminal,
) -> None:
    result = terminal.having({"WEBEX_BOT_TOKEN": "geheim"}).type("doctor")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    bad = [number for number, line in enumerate(lines) if line.startswith("BAD  bot token: ")]
    assert "Check WEBEX_API_URL and WEBEX_BOT_TOKEN" in lines[bad[0] + 1]
    assert "geheim" not in result.output


def test_the_doctor_reports_wrong_settings_as_findings(terminal: Terminal) -> None:
    result = terminal.having({"PORT": "abc", "SECRET_KEY": "short"}).type("doctor")
    assert result.exit_code == 1
    assert "BAD  settings: PORT is 'abc'" in result.stdout
    assert "BAD  settings: SECRET_KEY is wrong" in result.stdout


def test_the_doctor_of_a_demonstration_that_is_not_running_says_how_to_start_it(
    bare: Terminal,
) -> None:
    result = bare.type("doctor")
    assert result.exit_code == 1
    assert "Start `consentry run` in this folder" in result.stdout
    assert "lacks migrations" in result.stdout
