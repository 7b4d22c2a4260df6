"""What becomes of connections by somebody's will: listing them, and ending one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.connections import Connection, State
from bot.core.errors import BadInput, Overtaken
from bot.core.integrations import Renewal
from bot.core.messages import to_person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.core.consent import Ticket
    from bot.core.integrations import Integration
    from bot.core.keeping import Work
    from bot.core.people import Person
    from bot.core.ports import Clock
    from bot.core.tokens import TokenPair


def subject_of(person: Person) -> str:
    """Name a person as the subject of a connection."""
    return str(to_person(person.id))


def topic_of(connection: Connection) -> str:
    """Name what is said about a connection, so that it can be withdrawn when it is moot."""
    return f"connection:{connection.id}"


def change(
    work: Work,
    connection: Connection,
    transition: Callable[[Connection], Connection],
    *,
    now: datetime,
    tokens: TokenPair | None = None,
) -> Connection:
    """Apply a transition to the connection as it is by now, whoever changed it meanwhile.

    It is looked at again at once, so that every warning which the change makes due is given.

    Raises:
        Overtaken: It is gone.
    """
    current = work.connections.hold(connection.id)
    if current is None:
        raise Overtaken(topic_of(connection))
    changed = transition(current)
    work.connections.save(changed, look_at=now, tokens=tokens)
    return changed


def establish(
    work: Work, ticket: Ticket, integration: Integration, *, tokens: TokenPair, now: datetime
) -> Connection:
    """Bring a connection back to life in place, or make a new one."""
    person, subject = ticket.person, subject_of(ticket.person)

    def consented(current: Connection) -> Connection:
        asked = replace(
            current,
            requested=ticket.scopes,
            renews=integration.renewal is Renewal.AUTOMATIC,
            ends_at=now + timedelta(days=integration.max_days) if integration.max_days else None,
        )
        return asked.consented(tokens, now=now, person=person)

    blank = Connection(
        id=str(uuid.uuid4()),
        integration=integration.slug,
        subject=subject,
        person=person,
        requested=ticket.scopes,
        granted=(),
        renews=True,
        state=State.REVOKED,
        state_since=now,
        consented_at=now,
        access_set_at=now,
    )
    connection = consented(blank)
    if work.connections.add(connection, tokens, look_at=now):
        return connection
    existing = work.connections.find(integration.slug, subject) or connection
    return change(work, existing, consented, now=now, tokens=tokens)


@dataclass(frozen=True)
class Connections:
    """A person's own connections. Every method is part of the caller's transaction."""

    clock: Clock

    def of(self, work: Work, person: Person) -> list[tuple[Connection, Integration]]:
        """List the person's connections that are not over, each with its integration."""
        return [
            (connection, work.integrations.get(connection.integration))
            for connection in work.connections.of_person(person.id)
            if connection.state is not State.REVOKED
        ]

    def find(self, work: Work, person: Person, slug: str) -> tuple[Connection, Integration]:
        """Find the person's connection with an integration.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: The person has no connection with it.
        """
        integration = work.integrations.get(slug)
        connection = work.connections.find(integration.slug, subject_of(person))
        if connection is None or connection.state is State.REVOKED:
            raise BadInput(
                f"You have no connection with {integration.name}.",
                advice="Say `status` to see the ones you have.",
            )
        return connection, integration

    def disconnect(self, work: Work, person: Person, slug: str) -> tuple[Connection, Integration]:
        """End the person's connection and delete its tokens; what was to be said about it is moot.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: The person has no connection with it.
        """
        now = self.clock()
        connection, integration = self.find(work, person, slug)
        ended = change(work, connection, lambda current: current.revoked(now=now), now=now)
        work.connections.erase_tokens(ended.id)
        work.tickets.close(integration.slug, person.id, now=now)
        work.reminders.resolve(ended.id, now=now)
        work.outbox.withdraw(topic_of(ended), now=now)
        work.audit.note(
            "connection.revoked",
            who=person.email,
            target=topic_of(ended),
            now=now,
            integration=integration.slug,
            by="the person",
        )
        return ended, integration
