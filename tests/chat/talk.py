"""A bot to talk to: the real router, cards, flows and store; only Webex and the clock are fakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.app import advisor
from bot.catalogue.advising.advisor import Advisor
from bot.chat.answers import Answers
from bot.chat.cards import CardBook, find_directory
from bot.chat.conversation import Conversation
from bot.chat.guards import Allowed
from bot.chat.needs import Services
from bot.chat.notices import Notices
from bot.chat.repertoire import router
from bot.chat.router import Router
from bot.chat.setbacks import Setbacks
from bot.core.connections import Connection, State
from bot.core.events import MESSAGE, PRESS, Event, Pressed, Spoken
from bot.core.integrations import Access, Integration
from bot.core.keeping import Store
from bot.core.messages import Message
from bot.core.people import Person
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.flows.administrators import Administrators
from bot.flows.client_secrets import ClientSecrets
from bot.flows.connections import Connections
from bot.flows.consent import Consent
from bot.flows.integrations import Integrations
from tests.fakes import BOT, FakeAuthority, FakeClock, FakeMessenger

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
ANA = Person("ana-id", "ana@example.com", "Ana Ruiz", org_id="our-org")
SAM = Person("sam-id", "sam@example.com", "Sam Okoro", org_id="our-org")
EVE = Person("eve-id", "eve@elsewhere.example", "Eve", org_id="other-org")
HELPER = Person("helper-id", "helper@webex.bot", "Helper", is_human=False)
ADMINISTRATOR = "email:admin@example.com"
DIRECT, GROUP = "direct-", "group-room"
TOKENS = TokenPair(
    Secret("access"), Secret("refresh"), timedelta(days=14), timedelta(days=90), scopes=None
)
CALLING = Integration(
    slug="calling",
    name="Calling reports",
    client_id="C1",
    client_secret=Secret("client-secret"),
    scopes=("spark:calls_read", "spark-admin:calling_cdr_read"),
    owner_email="owner@example.com",
    purpose="Weekly figures of our hotline.",
)
WALLBOARD = Integration(
    slug="wallboard",
    name="Contact Center wallboard",
    client_id="C2",
    client_secret=Secret("client-secret"),
    scopes=("cjp:config_read",),
    owner_email="owner@example.com",
    access=Access.APPROVAL,
)


@dataclass
class Talk:
    """People talk, the bot answers; each call gives what the bot decided to say."""

    store: Store
    chat: Router = field(default_factory=router)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    numbers: count[int] = field(default_factory=count)
    advisor: Advisor = field(default_factory=advisor)

    def __post_init__(self) -> None:
        cards = CardBook(find_directory(), actions=router().actions)
        notices, administrators = Notices(cards), Administrators((ADMINISTRATOR,))
        is_allowed = Allowed(frozenset({"example.com"}), frozenset())
        consent = Consent(
            store=self.store,
            authority=FakeAuthority(ANA, [TOKENS]),
            notices=notices,
            client_secrets=ClientSecrets(self.store, administrators, notices, self.clock),
            clock=self.clock,
            public_url="https://consentry.example.com",
            is_allowed=is_allowed,
        )
        self.integrations = Integrations(self.clock, notices, administrators, self.advisor)
        self.catalogue = self.advisor.catalogue
        services = Services(
            catalogue=self.catalogue,
            advisor=self.advisor,
            connections=Connections(self.clock),
            consent=consent,
            integrations=self.integrations,
        )
        answers = Answers(self.chat, cards, services, is_allowed)
        setbacks = Setbacks(self.store, answers, administrators, notices, self.clock)
        self.conversation = Conversation(self.store, self.messenger, answers, setbacks, self.clock)
        for person in (ANA, SAM, EVE, HELPER, BOT):
            self.messenger.people[person.id] = person
            self.messenger.direct_rooms.add(DIRECT + person.id)
        with self.store.begin() as work:
            for integration in () if work.integrations.all() else (CALLING, WALLBOARD):
                self.integrations.register(work, integration, who="the test")

    def says(self, person: Person, words: str, *, room: str = "", html: str = "") -> list[Message]:
        self.hears(MESSAGE, person, words=words, room=room, html=html)
        return self.answers()

    def presses(
        self,
        person: Person,
        inputs: Mapping[str, object],
        *,
        room: str = "",
        on: str = "card-message",
    ) -> list[Message]:
        event = self._event(PRESS, person, room)
        pressed = Pressed(event.id, person.id, event.room_id, on, inputs)
        self.messenger.presses[event.id] = pressed
        self._keep(event)
        return self.answers()

    def hears(
        self, kind: tuple[str, str], person: Person, *, words: str, room: str = "", html: str = ""
    ) -> Event:
        event = self._event(kind, person, room)
        self.messenger.messages[event.id] = Spoken(
            id=event.id,
            room_id=event.room_id,
            is_direct=event.room_id.startswith(DIRECT),
            person_id=person.id,
            person_email=person.email,
            text=words,
            html=html,
        )
        self._keep(event)
        return event

    def answers(self) -> list[Message]:
        """Let the bot hear everything that is due, and take from the outbox what it says."""
        while self.conversation.hear_next("worker"):
            pass
        return self.outbox()

    def outbox(self) -> list[Message]:
        said = []
        with self.store.begin() as work:
            lease = timedelta(minutes=1)
            while claimed := work.outbox.claim("test", now=self.clock(), lease=lease):
                work.outbox.sent(claimed[0], message_id=f"m{next(self.numbers)}", now=self.clock())
                said.append(claimed[1].message)
        return said

    def connected(self, person: Person = ANA, integration: Integration = CALLING) -> Connection:
        """Give a person a connection, as a consent would."""
        blank = Connection(
            id=f"connection-of-{person.id}",
            integration=integration.slug,
            subject=f"person:{person.id}",
            person=person,
            requested=integration.scopes,
            granted=(),
            renews=True,
            state=State.REVOKED,
            state_since=NOW,
            consented_at=NOW,
            access_set_at=NOW,
        )
        connection = blank.consented(TOKENS, now=NOW, person=person)
        with self.store.begin() as work:
            work.connections.add(connection, TOKENS, look_at=None)
        return connection

    def state(self, connection: Connection) -> State:
        with self.store.reading() as work:
            kept = work.connections.get(connection.id)
        assert kept is not None
        return kept.state

    def _event(self, kind: tuple[str, str], person: Person, room: str) -> Event:
        name = f"event-{next(self.numbers)}"
        return Event(*kind, name, room_id=room or DIRECT + person.id, person_id=person.id)

    def _keep(self, event: Event) -> None:
        with self.store.begin() as work:
            assert work.inbox.put(event, now=self.clock())


def places(messages: list[Message]) -> list[str]:
    """Say where each message goes."""
    return [str(message.to) for message in messages]


def words(messages: list[Message]) -> str:
    """Give all that was said, as Markdown."""
    return "\n".join(message.markdown for message in messages)
