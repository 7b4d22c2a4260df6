"""A worker in a process of its own that kills itself, without a chance to clean up.

It dies at the n-th write: right before a commit, or right before the transaction that follows one.
Deaths during a call to Webex are dealt by the emulator, which has the process's number.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Mapping
from itertools import count
from sqlite3 import Cursor

from sqlalchemy import Connection, Engine, event

from bot import app, demo
from bot.settings import read_settings

SPAWN = multiprocessing.get_context("forkserver")
ROUNDS = 3
DONE = 0


def set_forkserver_up() -> None:
    """Load everything once, so that each mortal is born in milliseconds."""
    SPAWN.set_forkserver_preload([__name__])


def live(environ: Mapping[str, str], emulator_url: str, moment: str, number: int) -> None:
    """Work until nothing is left, or until the n-th of these moments.

    Args:
        environ: The settings.
        emulator_url: Whose clock to follow.
        moment: ``commit`` or ``begin``; anything else lets it live.
        number: Which one is the last.
    """
    consentry = app.build(read_settings(environ), clock=demo.clock(app.system_clock, emulator_url))
    if moment in ("commit", "begin"):
        _mark_for_death(consentry.store.engine, moment, number)
    worker = consentry.worker()
    worker.open_up()
    for _ in range(ROUNDS):
        worker.drain()
        worker.refresh()
        worker.remind()
    os._exit(DONE)


def _mark_for_death(engine: Engine, moment: str, number: int) -> None:
    """Count only transactions that wrote: dying around one that did not changes nothing."""
    commits, has_written = count(1), False

    def notice(_: Connection, cursor: Cursor, statement: str, *_rest: object) -> None:
        nonlocal has_written
        has_written |= not statement.lstrip().startswith("SELECT") and cursor.rowcount > 0

    def die(*_: object) -> None:
        nonlocal has_written
        if has_written and next(commits) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        has_written = False

    event.listen(engine, "after_cursor_execute", notice)
    event.listen(engine, moment, die)
