"""Signed webhooks, verified and durable, beside an empty route of the same server.

Served as `consentry web` serves them: one process, SQLite that waits for the disk at each commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import create_engine, text

from tests.bench.figures import alternately, middle, percentile, show
from tests.bench.load import Answered, Load, press
from tests.bench.machine import disk
from tests.bench.processes import CONSENTRY_COMMAND, apart, running
from tests.bench.wire import made_up_id, request, webhook
from tests.scenarios.test_processes import is_up, until
from tests.stage import SAM, free_port, made_up_secrets

_ROUNDS = 5
_REQUESTS = 4000
_CONNECTIONS = 32
_WARM_UP = 500


@dataclass
class _Door:
    """A `consentry web` under load."""

    port: int
    secret: str
    database_url: str
    numbers: Iterator[int] = field(default_factory=count)

    def empty(self, requests: int = _REQUESTS) -> Load:
        """Prepare requests to a route that does nothing."""
        return Load(self.port, [request("GET", "/healthz")] * requests, _CONNECTIONS)

    def webhooks(self, requests: int = _REQUESTS, *, per_second: float = 0.0) -> Load:
        """Prepare webhooks, each of another event."""
        sent = [self._webhook() for _ in range(requests)]
        return Load(self.port, sent, _CONNECTIONS, per_second)

    def kept(self) -> int:
        """Count the events in the database, past everything that the server may hold back."""
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())
        finally:
            engine.dispose()

    def _webhook(self) -> bytes:
        told = {"id": f"{next(self.numbers)}-{made_up_id()}", "roomId": made_up_id()}
        return webhook(told | {"personId": made_up_id()}, secret=self.secret)


def run() -> None:
    """Measure and print."""
    with disk() as folder, _serving(f"sqlite:///{folder}/consentry.db") as door, apart() as client:

        def measure(load: Load) -> Answered:
            return client.submit(press, load).result()

        measure(door.empty(_WARM_UP))
        measure(door.webhooks(_WARM_UP))
        empty, webhooks = alternately(
            _ROUNDS, (door.empty, door.webhooks), lambda prepare: measure(prepare())
        )
        half = _per_second(webhooks) / 2
        calm = [measure(door.webhooks(_REQUESTS // 2, per_second=half)) for _ in range(_ROUNDS)]
        acknowledged = _WARM_UP + _ROUNDS * (_REQUESTS + _REQUESTS // 2)
        assert door.kept() == acknowledged
    show(
        f"Webhooks acknowledged: {_CONNECTIONS} connections, medians of {_ROUNDS} rounds "
        f"of {_REQUESTS}; all {acknowledged} found in the database",
        ("", "per second", "p50 ms", "p99 ms"),
        (
            _row("empty route", empty),
            _row("webhook, verified and durable", webhooks),
            ("  of the empty route's", f"{_per_second(webhooks) / _per_second(empty):.2f}", "", ""),
            _row("webhook at half that load", calm),
        ),
    )


@contextmanager
def _serving(database_url: str) -> Iterator[_Door]:
    port, environ = free_port(), made_up_secrets()
    environ |= {"DATABASE_URL": database_url, "PORT": str(port), "ADMIN_EMAILS": SAM}
    with running(*CONSENTRY_COMMAND, "web", environ=environ):
        until(lambda: is_up(port))
        yield _Door(port, environ["WEBEX_WEBHOOK_SECRET"], database_url)


def _row(name: str, rounds: list[Answered]) -> tuple[str, ...]:
    p50 = middle(rounds, lambda one: percentile(one.waits, 50))
    p99 = middle(rounds, lambda one: percentile(one.waits, 99))
    return name, f"{_per_second(rounds):,.0f}", f"{p50:.1f}", f"{p99:.1f}"


def _per_second(rounds: list[Answered]) -> float:
    return middle(rounds, lambda one: one.per_second)
