from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry

from bot.core.errors import WebexError
from bot.core.integrations import Integration
from bot.core.messages import Message, to_email
from bot.core.people import Person
from bot.core.ports import Authority, Notices
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.flows.administrators import Administrators
from bot.flows.client_secrets import ClientSecrets
from bot.flows.consent import Consent
from bot.flows.intake import Intake
from bot.store.engine import engine_for
from bot.store.schema import upgrade
from bot.store.sealing import Sealer, generate_key
from bot.store.store import Store
from bot.web import application, consent, health, home, webhooks

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANA = Person("ana", "ana@example.com", "Ana Ruiz", "o1")
EVE = Person("eve", "eve@elsewhere.example", "Eve", "o2")
SECRET = Secret("planted-webhook-secret")
SECRET_KEY = Secret("planted-secret-key")
PUBLIC_URL = "https://bot.example.com"


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Webex:
    """The authority as these tests want it: whose account consents, and what goes wrong."""

    account: Person = ANA
    trouble: WebexError | None = None
    exchanged: list[str] = field(default_factory=list)

    def authorize_url(self, integration: Integration, **asked: object) -> str:
        return f"https://webex.test/authorize?state={asked['state']}"

    def exchange(self, integration: Integration, *, code: str, verifier: Secret) -> TokenPair:
        self.exchanged.append(code)
        if self.trouble:
            raise self.trouble
        return TokenPair(Secret("planted-access-token"), Secret("planted-refresh-token"))

    def whose(self, access_token: Secret) -> Person:
        return self.account


class PlainNotices:
    """Says the name of the notice to the operator; what notices say is tested with the chat."""

    def __getattr__(self, name: str) -> Callable[..., Message]:
        return lambda *_, **__: Message(to_email("operator@example.com"), name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def webex() -> Webex:
    return Webex()


@pytest.fixture
def notices() -> Notices:
    return cast("Notices", PlainNotices())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = engine_for(f"sqlite:///{tmp_path}/consentry.db")
    upgrade(engine)
    yield Store(engine, Sealer.from_text(generate_key()))
    engine.dispose()


@pytest.fixture
def integration(store: Store) -> Integration:
    registered = Integration(
        slug="calling-dashboard",
        name="Calling <Dashboard>",
        client_id="C1",
        client_secret=Secret("planted-client-secret"),
        scopes=("spark:people_read", "spark:calls_read"),
        owner_email="owner@example.com",
    )
    with store.begin() as work:
        work.integrations.add(registered, now=NOON)
    return registered


@pytest.fixture
def intake(store: Store, notices: Notices, clock: Clock) -> Intake:
    administrators = Administrators((str(to_email("admin@example.com")),))
    return Intake(store=store, administrators=administrators, notices=notices, clock=clock)


@pytest.fixture
def consents(store: Store, webex: Webex, notices: Notices, clock: Clock) -> Consent:
    administrators = Administrators(())
    return Consent(
        store=store,
        authority=cast("Authority", webex),
        notices=notices,
        client_secrets=ClientSecrets(store, administrators, notices, clock),
        clock=clock,
        public_url=PUBLIC_URL,
        is_allowed=lambda _: True,
    )


@pytest.fixture
def ready() -> list[str]:
    """What keeps the application from serving; a test may add to it."""
    return []


@pytest.fixture
def build(intake: Intake, consents: Consent, ready: list[str]) -> Callable[[bool], Flask]:
    def built(is_secure: bool) -> Flask:
        return application.create(
            home.blueprint(),
            health.blueprint(faults=lambda: ready, registry=CollectorRegistry()),
            webhooks.blueprint(intake=intake, secret=SECRET),
            consent.blueprint(consent=consents, secret_key=SECRET_KEY, is_secure=is_secure),
            is_secure=is_secure,
        )

    return built


@pytest.fixture
def app(build: Callable[[bool], Flask]) -> Flask:
    return build(True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser_of(app)


def browser_of(app: Flask) -> FlaskClient:
    """Open another browser, which reaches the application as the public does."""
    client = app.test_client()
    client.environ_base |= {"wsgi.url_scheme": "https", "HTTP_HOST": "bot.example.com"}
    return client


@pytest.fixture
def link(store: Store, consents: Consent, integration: Integration) -> str:
    """A consent link for Ana, as it stands in her chat, without the host."""
    with store.begin() as work:
        _, offer = consents.offer(work, ANA, integration.slug)
    return consents.link(offer).removeprefix(PUBLIC_URL)


def said(store: Store) -> list[str]:
    """Take everything out of the outbox."""
    found = []
    with store.begin() as work:
        while claimed := work.outbox.claim("test", now=NOON, lease=timedelta(minutes=1)):
            lease, delivery = claimed
            work.outbox.sent(lease, message_id="m", now=NOON)
            found.append(delivery.message.markdown)
    return found
