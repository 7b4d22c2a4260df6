"""Refreshes per second where the provider takes 50 ms for each: the worker's beside one at a time.

Webex is in this process and whoever refreshes in one of its own, so neither waits for the other's
turn with the interpreter.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select, update

from bot.app import build
from bot.core.integrations import Integration
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.emulator.demo import CALLING as CALLING_NAME
from bot.emulator.demo import demo_organisation
from bot.emulator.grants import Code
from bot.emulator.records import Account
from bot.emulator.server import Emulator
from bot.settings import read_settings
from bot.store.schema import upgrade
from bot.store.store import Store
from bot.store.tables import ConnectionRow, table
from bot.worker import REFRESHING
from tests.bench.figures import alternately, middle, show
from tests.bench.machine import disk
from tests.bench.processes import apart
from tests.core.examples import ANNA, CALLING, NOW, connected
from tests.stage import ANA, SAM, made_up_secrets

_ROUNDS = 3
_LATENCY_SECONDS = 0.05
_CONNECTIONS = 400
_CONNECTIONS_ALONE = 60
"""One at a time more connections take longer, but not longer for each."""
_OVERDUE = timedelta(hours=1)


def run() -> None:
    """Measure and print."""
    secrets = made_up_secrets()
    organisation = demo_organisation(secrets["WEBEX_BOT_TOKEN"], "http://127.0.0.1/")
    with disk() as folder, Emulator(organisation) as webex, apart() as refresher:
        environ = secrets | {
            "WEBEX_API_URL": webex.api_url,
            "DATABASE_URL": f"sqlite:///{folder}/consentry.db",
            "ADMIN_EMAILS": SAM,
        }
        consentry = build(read_settings(environ), clock=webex.clock)
        upgrade(consentry.store.engine)
        _connect(consentry.store, webex, _CONNECTIONS)
        webex.state.faults.latency_seconds = _LATENCY_SECONDS

        def measure(connections: int) -> float:
            at_once = 1 if connections == _CONNECTIONS_ALONE else REFRESHING
            _make_due(consentry.store.engine, connections, webex.clock())
            seconds = refresher.submit(refresh_all, environ, at_once).result()
            assert _due(consentry.store.engine, webex.clock()) == 0
            return connections / seconds

        alone, worker = alternately(_ROUNDS, (_CONNECTIONS_ALONE, _CONNECTIONS), measure)
        consentry.store.engine.dispose()
    one, many = middle(alone, float), middle(worker, float)
    show(
        f"Refreshes, the provider answering in {_LATENCY_SECONDS * 1000:.0f} ms: "
        f"medians of {_ROUNDS} rounds of {_CONNECTIONS} (one at a time {_CONNECTIONS_ALONE})",
        ("", "per second"),
        (
            ("one at a time", f"{one:.1f}"),
            (f"worker, {REFRESHING} at once", f"{many:.1f}"),
            ("  times", f"{many / one:.1f}"),
        ),
    )


def refresh_all(environ: dict[str, str], at_once: int) -> float:
    """Refresh whatever is due, in the process that calls this; give the seconds it took."""
    consentry = build(read_settings(environ))
    worker = consentry.worker()
    started = time.perf_counter()
    if at_once == 1:
        while consentry.tokens.refresh_next("alone"):
            continue
    else:
        worker._refresh()
    seconds = time.perf_counter() - started
    consentry.store.engine.dispose()
    return seconds


def _connect(store: Store, webex: Emulator, connections: int) -> None:
    """Give so many people a connection, whose refresh tokens Webex knows."""
    client = next(one for one in webex.state.integrations.values() if one.name == CALLING_NAME)
    secret = Secret(client.client_secret)
    integration = replace(CALLING, client_id=client.client_id, client_secret=secret)
    ana = webex.state.account_by_email(ANA)
    with store.begin() as work:
        work.integrations.add(integration, now=NOW)
        for number in range(connections):
            person = replace(ANNA, id=f"person-{number}")
            of_person = replace(connected(), person=person, subject=f"person:{person.id}")
            connection = replace(of_person, id=f"connection-{number}")
            tokens = _granted(webex, ana, integration)
            assert work.connections.add(connection, tokens, look_at=None)


def _granted(webex: Emulator, account: Account, integration: Integration) -> TokenPair:
    grants = webex.state.grants
    code = Code("", account.id, integration.client_id, "", integration.scopes, webex.clock())
    grant = grants.open(account, code)
    access = grants.issue_access_token(grant)
    lives = grants.policy.access_lifetime, grants.policy.refresh_lifetime
    return TokenPair(Secret(access.value), Secret(grant.refresh_token), *lives)


def _make_due(engine: Engine, connections: int, now: datetime) -> None:
    rows = table(ConnectionRow)
    some = select(rows.c.id).limit(connections)
    with engine.begin() as transaction:
        overdue = update(rows).where(rows.c.id.in_(some)).values(refresh_due_at=now - _OVERDUE)
        transaction.execute(overdue)


def _due(engine: Engine, now: datetime) -> int:
    rows = table(ConnectionRow)
    statement = select(func.count()).select_from(rows).where(rows.c.refresh_due_at <= now)
    with engine.connect() as connection:
        return connection.execute(statement).scalar_one()
