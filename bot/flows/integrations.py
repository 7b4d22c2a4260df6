"""The integrations that people can connect to: registering, listing, changing and removing them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.connections import State
from bot.core.errors import BadInput
from bot.flows.connections import change, subject_of

if TYPE_CHECKING:
    from bot.core.connections import Connection
    from bot.core.integrations import Integration
    from bot.core.keeping import Work
    from bot.core.people import Person
    from bot.core.ports import Clock
    from bot.core.secrets import Secret


@dataclass(frozen=True)
class Integrations:
    """The register. Every method is part of the caller's transaction."""

    clock: Clock

    def register(self, work: Work, integration: Integration, *, who: str) -> None:
        """Add an integration.

        Raises:
            BadInput: Something about it is wrong, or its slug is taken.
        """
        now = self.clock()
        work.integrations.add(integration.checked(), now=now)
        work.audit.note(
            "integration.registered",
            who=who,
            target=f"integration:{integration.slug}",
            now=now,
            scopes=" ".join(integration.scopes),
        )

    def replace_secret(self, work: Work, slug: str, secret: Secret, *, who: str) -> None:
        """Put a new client secret in place, and take up the refreshes that the old one stopped.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: The secret is empty.
        """
        now = self.clock()
        held = work.integrations.hold(slug)
        work.integrations.replace(
            replace(held, client_secret=secret, secret_refused_at=None).checked()
        )
        for connection in work.connections.of_integration(slug):
            if connection.state is State.FAILING:
                change(work, connection, lambda held: held.due(now=now), now=now)
        work.incidents.over(f"client-secret:{slug}")
        work.audit.note("integration.secret", who=who, target=f"integration:{slug}", now=now)

    def remove(self, work: Work, slug: str, *, who: str) -> None:
        """Forget an integration and its ended connections.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: People are still connected to it.
        """
        alive = [
            connection
            for connection in work.connections.of_integration(slug)
            if connection.state is not State.REVOKED
        ]
        if alive:
            raise BadInput(
                f"{len(alive)} connection(s) with {slug!r} still stand.",
                advice="Have them disconnected first; `consentry integrations show` lists them.",
            )
        work.integrations.remove(slug)
        work.audit.note(
            "integration.removed", who=who, target=f"integration:{slug}", now=self.clock()
        )

    def listing(self, work: Work, person: Person) -> list[tuple[Integration, Connection | None]]:
        """List every integration with the person's own connection to it, if there is one."""
        found = []
        for integration in work.integrations.all():
            connection = work.connections.find(integration.slug, subject_of(person))
            is_over = connection is not None and connection.state is State.REVOKED
            found.append((integration, None if is_over else connection))
        return found
