"""Finding what is due among a million connections, beside a hundredth of them.

As many are due among both, so whatever grows is the price of looking for them. Each look is taken
in a process of its own, whose memory is no one else's.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, String, cast, insert, literal, select

from bot.flows.reminders import BATCH
from bot.store.connections import Connections
from bot.store.engine import engine_for
from bot.store.schema import upgrade
from bot.store.sealing import Sealer, generate_key
from bot.store.store import Store
from bot.store.tables import ConnectionRow, table
from tests.bench.figures import alternately, middle, show
from tests.bench.machine import disk
from tests.bench.processes import apart
from tests.core.examples import ANNA, CALLING, NOW, connected, pair

_MANY = int(os.environ.get("BENCH_ROWS", "1000000"))
_FEW = max(_MANY // 100, 1000)
_SEEDS = 1000
"""Rows that are made one by one, each with moments of its own; the others are their copies."""
_DUE = BATCH
_ROUNDS = 5
_LOOKS = 40
_HOLDER = "bench"
_LEASE = timedelta(minutes=2)
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Found:
    """How long it took to find what is due, in milliseconds, and the memory it took."""

    to_look_at: float
    to_refresh: float
    peak_megabytes: float


def run() -> None:
    """Measure and print."""
    with ExitStack() as databases:
        urls = [_filled(databases.enter_context(disk()), rows) for rows in (_FEW, _MANY)]
        few, many = alternately(_ROUNDS, urls, _in_its_own_process)
    show(
        f"Finding what is due: {_DUE} connections to look at, one of {_DUE} to refresh; "
        f"medians of {_ROUNDS} rounds of {_LOOKS}",
        ("", "look ms", "claim a refresh ms", "peak MB"),
        (
            _row(f"among {_FEW:,}", few),
            _row(f"among {_MANY:,}", many),
            (
                "  times",
                *(f"{b / a:.2f}" for a, b in zip(_figures(few), _figures(many), strict=True)),
            ),
        ),
    )


def find_due(url: str) -> Found:
    """Look repeatedly, in the process that calls this."""
    engine = engine_for(url)
    store = Store(engine, Sealer.from_text(generate_key()))

    def look() -> None:
        with store.reading() as work:
            assert len(work.connections.to_look_at(now=NOW, most=_DUE)) == _DUE

    def claim() -> None:
        with store.begin() as work:
            assert work.connections.claim_refresh(_HOLDER, now=NOW, lease=_LEASE)

    found = Found(_milliseconds(look), _milliseconds(claim), _peak_megabytes())
    with store.begin() as work:
        for number in range(_DUE):
            work.connections.release(f"due-{number}", _HOLDER)
    engine.dispose()
    return found


def _in_its_own_process(url: str) -> Found:
    with apart(reused=False) as process:
        return process.submit(find_due, url).result()


def _milliseconds(action: Callable[[], None]) -> float:
    action()  # the first one opens the database
    taken = []
    for _ in range(_LOOKS):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MEGABYTE if sys.platform == "darwin" else peak / 1024


def _figures(rounds: list[Found]) -> tuple[float, float, float]:
    return (
        middle(rounds, lambda one: one.to_look_at),
        middle(rounds, lambda one: one.to_refresh),
        middle(rounds, lambda one: one.peak_megabytes),
    )


def _ratios(few: list[Found], many: list[Found]) -> list[str]:
    pairs = zip(_figures(few), _figures(many), strict=True)
    return [f"{large / small:.2f}" for small, large in pairs]


def _row(name: str, rounds: list[Found]) -> tuple[str, ...]:
    look, claim, peak = _figures(rounds)
    return name, f"{look:.2f}", f"{claim:.2f}", f"{peak:.0f}"


def _filled(folder: Path, rows: int) -> str:
    """Make a database with so many connections, of which a few are due."""
    url = f"sqlite:///{folder}/consentry.db"
    engine = engine_for(url)
    upgrade(engine)
    store = Store(engine, Sealer.from_text(generate_key()))
    with store.begin() as work:
        work.integrations.add(CALLING, now=NOW)
        for number in range(_DUE):
            _add(work.connections, f"due-{number}", NOW - timedelta(seconds=number + 1))
        for number in range(_SEEDS):
            _add(work.connections, f"seed-{number}", NOW + timedelta(minutes=number + 1))
    with engine.begin() as connection:
        _multiply_seeds(connection, rows // _SEEDS)
    engine.dispose()
    return url


def _add(connections: Connections, name: str, due_at: datetime) -> None:
    person = replace(ANNA, id=f"{name}-person")
    mine = replace(connected(), id=name, subject=f"person:{person.id}", person=person)
    kept = replace(mine, refresh_due_at=due_at)
    assert connections.add(kept, pair(), look_at=due_at)


def _multiply_seeds(connection: Connection, times: int) -> None:
    """Copy the seeds inside the database, all columns alike but the ones that are unique."""
    rows = table(ConnectionRow)
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    number = numbers.c.number
    numbers = numbers.union_all(select(number + 1).where(number < times - 1))
    suffix = "-" + cast(numbers.c.number, String)
    unique = {"id", "subject", "person_key"}
    columns = [column + suffix if column.name in unique else column for column in rows.c]
    seeds = rows.c.id.startswith("seed-")
    # Turn by turn through the seeds, so that neighbours in time lie apart, as in real life.
    copies = select(*columns).select_from(numbers.join(rows, seeds)).order_by(numbers.c.number)
    connection.execute(insert(rows).from_select(list(rows.c), copies))
