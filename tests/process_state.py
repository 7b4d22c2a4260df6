"""What a process has once and commands change: its logging, and the settings in its environment."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import logs
from bot.demo import EMULATOR_URL
from bot.settings import Settings

SETTINGS = frozenset({*(name.upper() for name in Settings.model_fields), EMULATOR_URL})


def without_settings() -> dict[str, str]:
    """Give this process's environment, but nothing that Consentry reads."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


@contextmanager
def logging_restored() -> Iterator[None]:
    """Let a block configure the logging; then all is as it was before."""
    names = (None, *logs.CHATTY)
    levels = {name: logging.getLogger(name).level for name in names}
    handlers = logging.getLogger().handlers[:]
    try:
        yield
    finally:
        logging.getLogger().handlers[:] = handlers
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        structlog.reset_defaults()
