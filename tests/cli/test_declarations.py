"""Replacing the registered scopes and the declared tasks, as it is typed."""

from __future__ import annotations

import pytest

from bot.core.scopes import WHO
from tests.cli.terminal import Terminal
from tests.stage import ANA, Stage

TASK = ("--task", "POST /messages")


def test_new_scopes_replace_the_old_ones_and_connections_keep_theirs(
    stage: Stage, terminal: Terminal
) -> None:
    stage.connect(ANA)
    before = terminal.json("integrations", "show", "calling")
    told = terminal.done("integrations", "scopes", "calling", "--scopes", f"spark:rooms_read {WHO}")
    assert told.startswith("The scopes of calling are replaced; from now on a consent asks for")
    assert "1 connection(s) keep the scopes that were granted, no more and no less, until" in told
    assert told.endswith("person says: connect calling\n")
    after = terminal.json("integrations", "show", "calling")
    assert after["scopes"] == ["spark:rooms_read", WHO]
    assert after["connections"] == before["connections"]


def test_scopes_without_the_one_that_tells_who_consents_are_replaced_and_it_is_missed(
    terminal: Terminal,
) -> None:
    told = terminal.done("integrations", "scopes", "calling", "--scopes", "spark:rooms_read")
    assert "missing: spark:people_read  Without it Webex does not say which account" in told
    assert "it has no scopes" in terminal.refused(
        "integrations", "scopes", "calling", "--scopes", ","
    )


def test_declared_tasks_are_replaced_and_withdrawn(terminal: Terminal) -> None:
    told = terminal.done("integrations", "tasks", "calling", *TASK, "--task", "GET /rooms")
    assert told.startswith("The declared tasks of calling are replaced; there are 2.\nChecked")
    text = terminal.done("integrations", "show", "calling")
    assert "tasks: POST /messages\n  GET /rooms\n" in text
    assert "missing: spark:messages_write" in text
    terminal.done("integrations", "tasks", "calling", "--none")
    assert terminal.json("integrations", "show", "calling")["tasks"] == []


@pytest.mark.parametrize("words", [(), (*TASK, "--none")])
def test_a_list_of_tasks_is_not_emptied_by_oversight(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    told = terminal.refused("integrations", "tasks", "calling", *words, code=2)
    assert "--none to declare none" in told


@pytest.mark.parametrize("task", ["", "two\nlines", "x" * 301])
def test_a_task_that_is_none_is_refused(terminal: Terminal, task: str) -> None:
    told = terminal.refused("integrations", "tasks", "calling", "--task", task)
    assert "a task is one line of 1 to 300 signs" in told
