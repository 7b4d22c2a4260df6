"""The integrations that people can connect to: registering, listing, changing and removing them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from bot.catalogue.advising.check import check
from bot.core.connections import State
from bot.core.errors import BadInput
from bot.core.integrations import Kind
from bot.flows.connections import change, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.catalogue.advising.advisor import Advisor
    from bot.core.connections import Connection
    from bot.core.finding import Finding
    from bot.core.integrations import Integration
    from bot.core.keeping import Work
    from bot.core.people import Person
    from bot.core.ports import Clock, Notices
    from bot.core.secrets import Secret
    from bot.flows.administrators import Administrators

_FINDINGS_KEPT = 500
"""One for each integration, as it is and as it was; a finding is small."""


@dataclass(frozen=True)
class Integrations:
    """The register. What takes a ``work`` is part of the caller's transaction.

    To read declared tasks takes a while, and nobody shall wait for that in a transaction: what a
    ``finding`` or ``foresee`` found before is at hand in it.
    """

    clock: Clock
    notices: Notices
    administrators: Administrators
    advisor: Advisor

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
        self._advise_owner(work, integration)

    def declare_tasks(self, work: Work, slug: str, tasks: tuple[str, ...], *, who: str) -> None:
        """Replace the declared tasks, and advise the owner on the scopes.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: A task is empty or too long, or there are too many.
        """
        held = work.integrations.hold(slug)
        changed = replace(held, tasks=tasks).checked()
        work.integrations.replace(changed)
        work.audit.note(
            "integration.tasks",
            who=who,
            target=f"integration:{slug}",
            now=self.clock(),
            tasks="; ".join(tasks),
        )
        self._advise_owner(work, changed, before=held)

    def change_scopes(
        self, work: Work, slug: str, scopes: tuple[str, ...], *, who: str
    ) -> list[Connection]:
        """Replace the registered scopes, and advise the owner on them.

        Returns:
            The connections that stand; each keeps what was granted until its person consents anew.

        Raises:
            UnknownIntegration: There is no such integration.
            BadInput: There are no scopes.
        """
        held = work.integrations.hold(slug)
        changed = replace(held, scopes=scopes).checked()
        work.integrations.replace(changed)
        work.audit.note(
            "integration.scopes",
            who=who,
            target=f"integration:{slug}",
            now=self.clock(),
            scopes=" ".join(scopes),
            before=" ".join(held.scopes),
        )
        self._advise_owner(work, changed, before=held)
        return _standing(work, slug)

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
        alive = _standing(work, slug)
        if alive:
            raise BadInput(
                f"{len(alive)} connection(s) with {slug!r} still stand.",
                advice="Have them disconnected first; `consentry integrations show` lists them.",
            )
        work.integrations.remove(slug)
        work.outbox.withdraw(_topic_of(slug), now=self.clock())
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

    def foresee(self, changed: Integration, *, before: Integration) -> Finding:
        """Check a change ahead of its transaction, which then need not read the tasks.

        Raises:
            BadInput: Something about what it would change to is wrong.
        """
        self.finding(before)
        return self.finding(changed.checked())

    def finding(self, integration: Integration) -> Finding:
        """Check the registered scopes against the declared tasks; what was found is kept."""
        is_for_a_person = integration.kind is Kind.INTEGRATION
        return self._check(integration.scopes, integration.tasks, is_for_a_person=is_for_a_person)

    @cached_property
    def _check(self) -> Callable[..., Finding]:
        return lru_cache(_FINDINGS_KEPT)(partial(check, advisor=self.advisor))

    def may_judge(self, person: Person, integration: Integration) -> bool:
        """Tell whether a finding is this person's business: the owner's or an administrator's."""
        return person.has_email(integration.owner_email) or self.administrators.include(person)

    def _advise_owner(
        self, work: Work, integration: Integration, *, before: Integration | None = None
    ) -> None:
        """Tell the owner what there is to mend, or that a change has mended it; else nothing."""
        finding = self.finding(integration)
        earlier = self.finding(before) if before else None
        if finding == earlier:
            return
        work.outbox.withdraw(_topic_of(integration.slug), now=self.clock())
        is_mended = earlier is not None and earlier.is_advice and bool(finding.tasks)
        if finding.is_advice or is_mended:
            advice = self.notices.advice_to_owner(integration, finding)
            work.outbox.put(advice.about(_topic_of(integration.slug)), now=self.clock())


def _topic_of(slug: str) -> str:
    """Name what is said about an integration, so that it can be withdrawn when it is moot."""
    return f"integration:{slug}"


def _standing(work: Work, slug: str) -> list[Connection]:
    """List the connections with an integration that are not over."""
    found = work.connections.of_integration(slug)
    return [connection for connection in found if connection.state is not State.REVOKED]
