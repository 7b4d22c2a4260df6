"""The advisor on a terminal, asked with requests, which mean the same whatever the ranking is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.scopes import parse
from tests.cli.terminal import Terminal

POST, LIST = "POST /v1/messages", "GET https://webexapis.com/v1/rooms/Y2lzY29?max=5"
NOWHERE = "GET /nowhere/at/all"


def test_the_first_line_is_the_set_as_an_integration_is_registered_with(folder: Path) -> None:
    told = Terminal({}).done("scopes", "advise", POST, LIST)
    assert parse(told.splitlines()[0]) == ("spark:messages_write", "spark:rooms_read")
    assert list(folder.iterdir()) == []


def test_it_says_why_each_scope_is_needed_how_sure_that_is_and_what_else_matters() -> None:
    told = Terminal({}).done("scopes", "advise", POST)
    assert "  spark:messages_write (confidence: medium)\n    POST /messages  Create a" in told
    assert f"  “{POST}”: POST /messages  Create a Message" in told
    assert "Notes:\n" in told
    assert "Webex adds spark:kms to every integration by itself" in told


def test_what_is_not_found_stands_on_standard_error_beside_what_is() -> None:
    result = Terminal({}).type("scopes", "advise", NOWHERE, POST)
    assert result.exit_code == 0
    assert result.stdout.startswith("spark:messages_write\n")
    assert result.stderr.splitlines() == [
        f"Not found, and no scope added for it: {NOWHERE}",
        "  Webex publishes no operation with this path.",
    ]
    assert NOWHERE not in result.stdout


def test_where_nothing_is_found_a_script_reads_nothing_and_a_person_the_reason() -> None:
    told = Terminal({}).refused("scopes", "advise", NOWHERE)
    assert f"Not found, and no scope added for it: {NOWHERE}" in told
    assert "Webex publishes no operation with this path." in told


def test_the_json_has_the_shape_that_others_rely_on() -> None:
    told = Terminal({}).json("scopes", "advise", POST, NOWHERE)
    assert set(told) == {"scopes", "because", "phrases", "not_found", "notes"}
    assert told["scopes"] == ["spark:messages_write"]
    assert told["because"] == [
        {
            "scope": "spark:messages_write",
            "operations": ["POST /messages"],
            "confidence": "medium",
        }
    ]
    found, missing = told["phrases"]
    assert found["ask"] == POST
    assert ["spark:messages_write"] in found["operations"][0]["any_of"]
    assert set(found["operations"][0]) == {
        "method",
        "path",
        "title",
        "any_of",
        "confidence",
        "score",
    }
    assert missing == {"ask": NOWHERE, "operations": []}
    assert told["not_found"] == [NOWHERE]
    assert told["notes"][0] == f"“{NOWHERE}”: Webex publishes no operation with this path."
    assert any("spark:kms" in note for note in told["notes"])


def test_a_webhook_by_its_phrase_has_the_method_and_path_of_every_other() -> None:
    told = Terminal({}).json("scopes", "advise", "POST /webhooks on telephony_calls")
    assert told["scopes"] == ["spark:calls_read"]
    (operation,) = told["phrases"][0]["operations"]
    assert (operation["method"], operation["path"]) == ("POST", "/webhooks")
    assert operation["title"] == "Create a Webhook on telephony_calls"


def test_json_of_nothing_is_still_json_and_refused() -> None:
    result = Terminal({}).type("scopes", "advise", NOWHERE, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["not_found"] == [NOWHERE]


def test_an_operation_without_a_scope_leaves_nothing_to_ask_for() -> None:
    told = Terminal({}).done("scopes", "advise", "POST /access_token", "--json")
    assert json.loads(told)["scopes"] == []
    assert Terminal({}).done("scopes", "advise", "POST /access_token").startswith("(no scope)\n")


@pytest.mark.parametrize("words", [(), ("",), (" ", "\t")])
def test_without_a_task_the_usage_is_shown(words: tuple[str, ...]) -> None:
    assert "Usage:" in Terminal({}).refused("scopes", "advise", *words, code=2)


def test_several_tasks_in_one_pair_of_quotes_are_pointed_out() -> None:
    told = Terminal({}).type("scopes", "advise", f"{POST}; GET /rooms").stderr
    assert "give each of them in quotes of its own" in told
    assert "quotes of its own" not in Terminal({}).type("scopes", "advise", POST).stderr
