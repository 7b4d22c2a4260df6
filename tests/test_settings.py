"""The settings: what may be left out, what is refused, and that no secret is ever shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.settings import SettingsFault, environment, hand_down, read_settings
from tests.stage import made_up_secrets

REQUIRED = made_up_secrets() | {"ADMIN_EMAILS": "Sam@Northwind.example"}


def test_what_may_be_left_out_has_its_default() -> None:
    settings = read_settings(REQUIRED)
    assert settings.webex_api_url == "https://webexapis.com/v1"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_url == "sqlite:///var/consentry.db"
    assert settings.reminder_days == (14, 7, 3, 1)
    assert settings.sweep_seconds == 60
    assert settings.admin_room_id == settings.log_format == ""
    assert settings.admin_emails == ("sam@northwind.example",)


def test_everything_that_is_missing_or_wrong_is_told_together_with_what_to_do() -> None:
    with pytest.raises(SettingsFault) as refused:
        read_settings({"PORT": "abc", "LOG_FORMAT": "xml", "SECRET_KEY": "short"})
    told = [fault.partition(" ")[0] for fault in refused.value.faults]
    assert told == [
        "ADMIN_EMAILS",
        "ENCRYPTION_KEYS",
        "LOG_FORMAT",
        "PORT",
        "SECRET_KEY",
        "WEBEX_BOT_TOKEN",
        "WEBEX_WEBHOOK_SECRET",
    ]
    lines = str(refused.value).splitlines()
    assert lines[0] == "Consentry cannot start with these settings:"
    assert all(line.startswith("  - ") for line in lines[1:-1])
    assert lines[-1] == "Correct them and start again; the README lists every setting."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "abc", "PORT is 'abc', and must be a whole number from 1 to 65535."),
        ("PORT", "0", "PORT is '0', and must be a whole number from 1 to 65535."),
        ("PORT", "65536", "PORT is '65536', and must be a whole number from 1 to 65535."),
        ("SWEEP_SECONDS", "0.5", "SWEEP_SECONDS is '0.5', and must be a whole number"),
        ("SWEEP_SECONDS", "3601", "a whole number from 1 to 3600"),
        ("REMINDER_DAYS", "7,x", "REMINDER_DAYS is '7,x', and must list whole days"),
        ("REMINDER_DAYS", "0", "whole days from 1 to 365"),
        ("REMINDER_DAYS", "999999999999", "whole days from 1 to 365"),
        ("REMINDER_DAYS", ",", "whole days from 1 to 365"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml', and must be console or json."),
        ("ADMIN_EMAILS", ",", "ADMIN_EMAILS is ',', and must list at least one e-mail address."),
        ("ADMIN_EMAILS", "a@b.example,sam", "ADMIN_EMAILS is wrong: sam is not an e-mail address."),
        ("ALLOWED_EMAIL_DOMAINS", "a.example,b", "b is not a domain such as example.com"),
        ("PUBLIC_URL", "ftp://x", "PUBLIC_URL is wrong: it must look like https://host"),
        ("WEBEX_API_URL", "webex", "WEBEX_API_URL is wrong: it must look like https://host"),
        ("SECRET_KEY", "x" * 15, "SECRET_KEY is wrong: it must have at least 16 characters."),
        ("WEBEX_WEBHOOK_SECRET", "x", "it must have at least 16 characters"),
        ("ENCRYPTION_KEYS", "rubbish", "Key 1 of ENCRYPTION_KEYS is not 32 bytes in base64"),
        ("ENCRYPTION_KEYS", "schlüssel", "ENCRYPTION_KEYS is wrong"),
        ("ENCRYPTION_KEYS", ",", "ENCRYPTION_KEYS holds no key"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsFault) as refused:
        read_settings(REQUIRED | {name: value})
    (fault,) = refused.value.faults
    assert sentence in fault
    assert fault.endswith(".")
    assert not fault.endswith("..")


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"])
def test_a_blank_value_counts_as_none(blank: str) -> None:
    assert read_settings(REQUIRED | {"PORT": blank}).port == 8080
    with pytest.raises(SettingsFault, match="WEBEX_BOT_TOKEN is not set"):
        read_settings(REQUIRED | {"WEBEX_BOT_TOKEN": blank})


def test_no_secret_is_shown_neither_in_the_settings_nor_in_their_refusal() -> None:
    secrets = made_up_secrets()
    with pytest.raises(SettingsFault) as refused:
        read_settings(secrets | {"ENCRYPTION_KEYS": f"{secrets['ENCRYPTION_KEYS']}geheim"})
    shown = (
        f"{read_settings(REQUIRED)!r} {read_settings(REQUIRED)} {refused.value!r}{refused.value}"
    )
    assert not [name for name, value in (REQUIRED | secrets).items() if value in shown]
    assert "geheim" not in shown
    assert refused.value.__cause__ is None


def test_settings_stay_as_they_were_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings(REQUIRED).port = 1


def test_reminder_days_are_thresholds_the_longest_first_each_once() -> None:
    settings = read_settings(REQUIRED | {"REMINDER_DAYS": " 1, 30 ,7,7,"})
    assert settings.reminder_days == (30, 7, 1)
    assert settings.thresholds == tuple(timedelta(days=days) for days in (30, 7, 1))


def test_the_address_is_this_machine_unless_it_is_said() -> None:
    assert read_settings(REQUIRED | {"PORT": "9"}).url == "http://127.0.0.1:9"
    public = {"PUBLIC_URL": "https://consentry.example.com/"}
    assert read_settings(REQUIRED | public).url == "https://consentry.example.com"


def test_the_administrators_colleagues_may_talk_unless_others_are_named() -> None:
    admins = {"ADMIN_EMAILS": "a@one.example,b@Two.example,c@one.example"}
    assert read_settings(REQUIRED | admins).domains == ("one.example", "two.example")
    named = {"ALLOWED_EMAIL_DOMAINS": "@Three.example"}
    assert read_settings(REQUIRED | admins | named).domains == ("three.example",)
    organisation = {"ALLOWED_ORG_IDS": "1, 2"}
    settings = read_settings(REQUIRED | admins | organisation)
    assert settings.domains == ()
    assert settings.allowed_org_ids == ("1", "2")


def test_what_is_handed_down_stands_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENTRY_TEST", "before")
    hand_down({"CONSENTRY_TEST": "after"})
    assert environment()["CONSENTRY_TEST"] == "after"
