"""Two terminals: one where nothing is set, one beside a running stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.process_state import logging_restored
from tests.stage import Stage, free_port, staged


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to type commands in; they configure the logging, which is put back."""
    monkeypatch.chdir(tmp_path)
    with logging_restored():
        yield tmp_path


@pytest.fixture
def bare() -> Terminal:
    """A terminal in which nothing is set but a port, so that it meets no emulator of others."""
    return Terminal({"PORT": str(free_port(together=2))})


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A stage with one integration, once on each database."""
    with staged(database_url) as stage:
        stage.register()
        yield stage


@pytest.fixture
def terminal(stage: Stage) -> Terminal:
    """A terminal with the stage's settings."""
    return Terminal(stage.environ)
