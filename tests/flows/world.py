"""The flows over a real store, with an outside that a test sets and reads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import cache
from threading import Barrier, Thread
from typing import TypeVar

from sqlalchemy import text

from bot.app import advisor
from bot.core.connections import Connection
from bot.core.consent import Answer
from bot.core.integrations import Integration
from bot.core.messages import Message
from bot.core.people import Person
from bot.core.refusals import Refusal, RefusalKind
from bot.core.tokens import TokenPair
from bot.flows.administrators import Administrators
from bot.flows.client_secrets import ClientSecrets
from bot.flows.connections import Connections, subject_of
from bot.flows.consent import Consent
from bot.flows.integrations import Integrations
from bot.flows.reminders import Reminders
from bot.flows.tokens import Tokens
from bot.store.store import Store
from tests.core.examples import ANNA, CALLING, NOW, THRESHOLDS, pair
from tests.fakes import FakeClock
from tests.flows.doubles import FakeAuthority, PlainNotices, nothing

Result = TypeVar("Result")

BEN = Person("ben-id", "ben@example.com", "Ben")
OUTSIDER = Person("eve-id", "eve@elsewhere.example")
ADMIN, SPACE = "email:root@example.com", "room:operations"
TO_ANNA, TO_BEN = subject_of(ANNA), subject_of(BEN)
GOOD = "the-code"
GONE = Refusal(RefusalKind.GONE, "HTTP 400, invalid_request")
_SECONDS = 10
ADVISOR = cache(advisor)


class World:
    """What a test talks to: the flows, the clock, Webex, and everything that was said."""

    def __init__(self, store: Store) -> None:
        """Build the flows over this store."""
        self.store = store
        self.clock = FakeClock(NOW)
        self.authority = FakeAuthority()
        self.notices = PlainNotices()
        self.administrators = Administrators((ADMIN, SPACE))
        self.client_secrets = ClientSecrets(store, self.administrators, self.notices, self.clock)
        self.connections = Connections(self.clock)
        self.integrations = Integrations(self.clock, self.notices, self.administrators, ADVISOR())
        self.consent = Consent(
            store=store,
            authority=self.authority,
            notices=self.notices,
            client_secrets=self.client_secrets,
            clock=self.clock,
            public_url="https://bot.example",
            is_allowed=lambda person: person.domain == "example.com",
        )
        self.tokens = Tokens(store, self.authority, self.client_secrets, self.clock)
        self.reminders = Reminders(store, self.administrators, self.notices, self.clock, THRESHOLDS)

    def register(self, integration: Integration = CALLING) -> None:
        """Register an integration."""
        with self.store.begin() as work:
            self.integrations.register(work, integration, who="operator")

    def ticket(self, person: Person = ANNA, slug: str = "calling") -> str:
        """Offer a link and give the ticket in it."""
        with self.store.begin() as work:
            _, offer = self.consent.offer(work, person, slug)
        return offer.ticket.reveal()

    def state(self, ticket: str, browser: str = "browser") -> str:
        """Open a link and give the state that Webex will send back."""
        return self.consent.open(ticket, browser).rpartition("=")[2]

    def finish(self, state: str) -> Connection:
        """Bring Webex's answer back in the right browser."""
        return self.consent.finish(Answer(state, code=GOOD), "browser")[0]

    def connect(self, person: Person = ANNA, slug: str = "calling") -> Connection:
        """Go all the way from the link to the connection, and forget what was said about it."""
        self.authority.account = person
        state = self.state(self.ticket(person, slug))
        connection = self.finish(state)
        self.heard()
        return connection

    def connection(self, person: Person = ANNA, slug: str = "calling") -> Connection:
        """Find a connection as it is kept."""
        with self.store.reading() as work:
            found = work.connections.find(slug, subject_of(person))
        assert found is not None
        return found

    def kept(self, connection: Connection) -> list[str | None]:
        """Open the two tokens as they are kept."""
        with self.store.reading() as work:
            shelf = work.connections
            found = (shelf.access_token(connection.id), shelf.refresh_token(connection.id))
        return [token.reveal() if token else None for token in found]

    def change(self, connection: Connection, tokens: TokenPair | None = None) -> None:
        """Put a connection into the state that a test starts from."""
        with self.store.begin() as work:
            work.connections.save(connection, look_at=self.clock(), tokens=tokens)

    def disconnect(self, person: Person = ANNA) -> None:
        """End the person's connection, as they would in chat."""
        with self.store.begin() as work:
            self.connections.disconnect(work, person, "calling")

    def refresh_until_idle(self, most: int = 20) -> int:
        """Refresh what is due; give how many there were."""
        for done in range(most):
            if not self.tokens.refresh_next("worker"):
                return done
        raise AssertionError("it refreshes without pause")

    def let_pass(self, passed: timedelta, at_each_step: Callable[[], None] = nothing) -> None:
        """Let time pass: refresh and remind as a worker that looks in once a day does."""
        end, step = self.clock.now + passed, timedelta(days=1)
        while self.clock.now < end:
            self.clock.now = min(self.clock.now + step, end)
            at_each_step()
            self.refresh_until_idle()
            self.reminders.tell_due()

    def leave_the_deadline(self, end: datetime) -> None:
        """Let Webex answer a refresh as of now: with what is left, and after the end with a no."""
        left = end - self.clock()
        self.authority.tokens = pair(timedelta(days=14), left)
        self.authority.refusal = GONE if left <= timedelta() else None

    def act_while_warning(self, act: Callable[[], None]) -> Thread:
        """Let something happen in another thread while the next warning is composed."""
        thread = Thread(target=act)

        def start() -> None:
            self.notices.meanwhile = nothing
            thread.start()
            thread.join(0.2)  # where the engine makes it wait for us, it comes right after us

        self.notices.meanwhile = start
        return thread

    def heard(self) -> list[tuple[str, str]]:
        """Take out of the outbox what was decided since the last time: to whom, and what."""
        return [(str(message.to), message.markdown) for message in self.messages()]

    def messages(self) -> list[Message]:
        """Take what waits out of the outbox."""
        taken = []
        with self.store.begin() as work:
            while claimed := work.outbox.claim(
                "reader", now=self.clock(), lease=timedelta(minutes=1)
            ):
                lease, delivery = claimed
                work.outbox.sent(lease, message_id=f"m{delivery.id}", now=self.clock())
                taken.append(delivery.message)
        return taken

    def audit(self) -> list[tuple[str, str, str]]:
        """List what was done: by whom, what, to what."""
        with self.store._reader.begin() as connection:
            rows = connection.execute(text("SELECT who, what, target FROM audit ORDER BY seq"))
            return [(row.who, row.what, row.target) for row in rows]

    def incidents(self) -> dict[str, int]:
        """List the open faults."""
        with self.store.reading() as work:
            return work.incidents.open(since=NOW)

    def integration(self, slug: str = "calling") -> Integration:
        """Find an integration as it is kept."""
        with self.store.reading() as work:
            return work.integrations.get(slug)


def together(action: Callable[[str], Result], racers: int = 2) -> list[Result | Exception]:
    """Let racers start at the same moment; give what each got, or what it failed with."""
    start = Barrier(racers, timeout=_SECONDS)

    def run(number: int) -> Result | Exception:
        start.wait()
        try:
            return action(f"racer-{number}")
        except Exception as error:  # noqa: BLE001 - the test judges it
            return error

    with ThreadPoolExecutor(max_workers=racers) as threads:
        return list(threads.map(run, range(racers)))
