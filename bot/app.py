"""The composition: each object is built once, here, and handed what it needs.

Nothing else knows which adapter stands behind which port. Tests build the same thing with another
clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot import demo, logs
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.ranking import Ranking
from bot.catalogue.advising.shared_ranking import SharedRanking
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from bot.chat.answers import Answers
from bot.chat.cards import CardBook, find_directory
from bot.chat.conversation import Conversation
from bot.chat.guards import Allowed
from bot.chat.needs import Services
from bot.chat.notices import Notices
from bot.chat.repertoire import router
from bot.chat.setbacks import Setbacks
from bot.core.messages import to_email, to_room
from bot.flows.administrators import Administrators
from bot.flows.client_secrets import ClientSecrets
from bot.flows.connections import Connections
from bot.flows.consent import Consent
from bot.flows.deliveries import Deliveries
from bot.flows.intake import Intake
from bot.flows.integrations import Integrations
from bot.flows.reception import Reception
from bot.flows.reminders import Reminders
from bot.flows.tokens import Tokens
from bot.metrics import Metrics
from bot.serving import end_with_parent
from bot.settings import Settings, environment, read_settings
from bot.store.bell import bell_for
from bot.store.engine import engine_for
from bot.store.schema import faults
from bot.store.sealing import Sealer
from bot.store.store import Store
from bot.web import application, health, home
from bot.web import consent as consent_door
from bot.web import webhooks as webhooks_door
from bot.webex.messenger import WebexMessenger
from bot.webex.oauth import WebexAuthority
from bot.webex.sdk import Sdk
from bot.webex.webhooks import WebexWebhooks
from bot.worker import Duties, Worker

if TYPE_CHECKING:
    from flask import Flask

    from bot.core.ports import Clock

WEBHOOK_PATH = "/webhooks/webex"
CALLBACK_PATH = "/oauth/callback"


def system_clock() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Consentry:
    """Everything that was built, for the processes and commands to take from."""

    settings: Settings
    clock: Clock
    store: Store
    messenger: WebexMessenger
    intake: Intake
    consent: Consent
    integrations: Integrations
    tokens: Tokens
    reminders: Reminders
    deliveries: Deliveries
    reception: Reception
    conversation: Conversation
    metrics: Metrics

    def worker(self) -> Worker:
        """Build the worker; the caller starts and stops it."""
        duties = Duties(
            hear=self.conversation.hear_next,
            deliver=self.deliveries.deliver_next,
            tokens=self.tokens,
            reminders=self.reminders,
            reception=self.reception,
            store=self.store,
        )
        return Worker(
            duties,
            bell=bell_for(self.store.engine),
            clock=self.clock,
            sweep_seconds=self.settings.sweep_seconds,
        )

    def web(self, *, chat_url: str = "") -> Flask:
        """Build the web application."""
        is_secure = self.settings.url.startswith("https://")
        return application.create(
            home.blueprint(chat_url=chat_url),
            health.blueprint(
                faults=partial(faults, self.store.engine), registry=self.metrics.registry
            ),
            webhooks_door.blueprint(intake=self.intake, secret=self.settings.webex_webhook_secret),
            consent_door.blueprint(
                consent=self.consent, secret_key=self.settings.secret_key, is_secure=is_secure
            ),
            is_secure=is_secure,
        )


def build(settings: Settings, *, clock: Clock = system_clock) -> Consentry:
    """Build everything from the settings; nothing is started, nothing is asked of Webex.

    Raises:
        BadInput: DATABASE_URL or ENCRYPTION_KEYS cannot be used.
    """
    store = Store(engine_for(settings.database_url), Sealer.from_text(settings.encryption_keys))
    sdk = Sdk(settings.webex_api_url, settings.webex_bot_token, clock)
    chat = router()
    cards = CardBook(find_directory(), actions=chat.actions)
    notices, administrators = Notices(cards), _administrators(settings)
    is_allowed = Allowed(frozenset(settings.domains), frozenset(settings.allowed_org_ids))
    metrics = Metrics(store, clock)
    authority = WebexAuthority(settings.webex_api_url, settings.url + CALLBACK_PATH, clock)
    client_secrets = ClientSecrets(store, administrators, notices, clock)
    consent = Consent(store, authority, notices, client_secrets, clock, settings.url, is_allowed)
    known = advisor()
    integrations = Integrations(clock, notices, administrators, known)
    services = Services(known.catalogue, known, Connections(clock), consent, integrations)
    messenger = WebexMessenger(sdk)
    answers = Answers(chat, cards, services, is_allowed)
    setbacks = Setbacks(store, answers, administrators, notices, clock)
    webhooks = WebexWebhooks(sdk, settings.webex_webhook_secret)
    return Consentry(
        settings=settings,
        clock=clock,
        store=store,
        messenger=messenger,
        intake=Intake(store=store, administrators=administrators, notices=notices, clock=clock),
        consent=consent,
        integrations=integrations,
        tokens=Tokens(store, authority, client_secrets, clock),
        reminders=Reminders(store, administrators, notices, clock, settings.thresholds),
        deliveries=Deliveries(store, messenger, administrators, notices, clock),
        reception=Reception(store, webhooks, clock, settings.url + WEBHOOK_PATH),
        conversation=Conversation(store, messenger, answers, setbacks, clock),
        metrics=metrics,
    )


def advisor() -> Advisor:
    """Build the advisor; its ranking is loaded when words are first asked of it."""
    operations = Operations.load()
    return Advisor(Catalogue.load(), operations, SharedRanking(partial(Ranking.load, operations)))


def wsgi() -> Flask:
    """Build the web application of this process from its environment, for the WSGI server."""
    variables = environment()
    settings = read_settings(variables)
    logs.configure(settings.log_format)
    end_with_parent()
    emulator_url = variables.get(demo.EMULATOR_URL, "")
    return build(settings, clock=clock_for(emulator_url)).web(chat_url=emulator_url)


def clock_for(emulator_url: str) -> Clock:
    """Give the machine's time, or the emulator's in the demonstration."""
    return demo.clock(system_clock, emulator_url) if emulator_url else system_clock


def _administrators(settings: Settings) -> Administrators:
    persons = (str(to_email(email)) for email in settings.admin_emails)
    room = settings.admin_room_id
    return Administrators((*persons, *((str(to_room(room)),) if room else ())))
