"""Explaining scopes on a terminal where nothing is set: no settings, no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from tests.cli.terminal import Terminal

NAMES = [scope.name for scope in Catalogue.load()]
SHAPE = {
    "scope": str,
    "explains": str,
    "does_not": str,
    "level": str,
    "access": str,
    "risk": str,
    "grantable_by": str,
    "areas": list,
    "operations": list,
    "narrower": list,
    "confidence": str,
    "documented": bool,
}
MAY_BE_EMPTY = {"operations", "narrower"}
LEVELS = {"user", "admin", "compliance", "agent", "app", "login"}


def test_all_are_there() -> None:
    assert len(NAMES) == 182


@pytest.mark.parametrize("name", NAMES)
def test_every_scope_answers_completely(name: str) -> None:
    told: dict[str, Any] = Terminal({}).json("scopes", "explain", name)
    assert {key: type(value) for key, value in told.items()} == SHAPE
    assert told["scope"] == name
    assert [
        key for key, value in told.items() if value in ("", []) and key not in MAY_BE_EMPTY
    ] == []
    assert told["level"] in LEVELS
    assert told["access"] in {"read", "write", "read+write", "other"}
    assert told["risk"] in {"low", "medium", "high"}
    assert told["confidence"] in {"high", "medium", "low"}
    assert all(len(one.split()) == 2 and " /" in one for one in told["operations"])


def test_the_operations_of_a_scope_are_all_that_name_it() -> None:
    told = Terminal({}).json("scopes", "explain", "spark-admin:telephony_config_write")
    named = [
        one.name for one in Operations.load() if "spark-admin:telephony_config_write" in one.scopes
    ]
    assert told["operations"] == named
    assert len(named) > 300


def test_words_explain_a_scope_and_leave_nothing_behind(folder: Path) -> None:
    result = Terminal({}).type("scopes", "explain", "spark:messages_write")
    assert result.exit_code == 0
    for words in (
        "Send messages, files and cards in the person's name",
        "Cannot read what other people wrote.",
        "Risk:       medium, others will believe the person wrote it",
        "Granted by: any Webex user, for their own account",
        "POST /messages",
        "Narrower:   spark:messages_read",
    ):
        assert words in result.stdout
    assert "Together" not in result.stdout
    assert result.stderr == ""
    assert list(folder.iterdir()) == []


def test_what_is_odd_about_a_scope_is_told() -> None:
    terminal = Terminal({})
    undocumented = terminal.done("scopes", "explain", "cloud-contact-center:pod_read")
    assert "low; Webex publishes nothing about it" in undocumented
    assert "no published one asks for it" in undocumented
    assert "medium; deprecated" in terminal.done("scopes", "explain", "spark-admin:rooms_read")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_unknown_name_is_refused_with_the_nearest(form: tuple[str, ...]) -> None:
    told = Terminal({}).refused("scopes", "explain", "spark:people_red", *form)
    assert "There is no scope “spark:people_red” in the catalogue." in told
    assert "spark:people_read" in told


def test_one_unknown_name_among_several_refuses_all() -> None:
    told = Terminal({}).refused("scopes", "explain", "spark:rooms_read", "spark:mesages_read")
    assert "spark:messages_read" in told


def test_no_name_is_wrong_usage() -> None:
    assert "SCOPE" in Terminal({}).refused("scopes", "explain", code=2)
    assert "Name a scope." in Terminal({}).refused("scopes", "explain", " , ", code=2)


@pytest.mark.parametrize(
    "words",
    [
        ("spark:messages_read", "spark:messages_write"),
        ("spark:messages_read, spark:messages_write",),
        ("spark:messages_read", "spark:messages_write", "spark:messages_read"),
    ],
)
def test_several_are_explained_and_drawn_as_one_picture(words: tuple[str, ...]) -> None:
    told = Terminal({}).done("scopes", "explain", *words)
    assert told.count("Risk: ") == 3
    _, together = told.split("\nTogether\n")
    assert "Reach:      Only what the person who agrees may see and do." in together
    assert "Messages: messages and files in the person's spaces" in together
    assert "before the person notices." in together
    assert "    Cannot see or control devices." in together


def test_the_picture_of_several_is_an_object_too() -> None:
    told = Terminal({}).json(
        "scopes", "explain", "identity:people_read", "identity:people_rw", "identity:tokens_write"
    )
    assert told["scopes"][0]["scope"] == "identity:people_read"
    assert {key: type(value) for key, value in told["scopes"][0].items()} == SHAPE
    picture = told["picture"]
    assert picture["risk"] == "high"
    assert picture["reach"]["whose"] == "organisation"
    assert picture["redundant"] == [
        {"scope": "identity:people_read", "through": ["identity:people_rw"], "is_sure": True}
    ]
    assert picture["idle"] == [
        {"scope": "identity:tokens_write", "lacks": ["identity:tokens_read"]}
    ]
    assert picture["dangers"][0]["scopes"] == ["identity:people_rw", "identity:tokens_write"]
    assert picture["operations"] > 10
