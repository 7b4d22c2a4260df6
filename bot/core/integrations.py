"""An integration: an OAuth client which somebody registered at Webex, as Consentry knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.secrets import Secret

MOST_TASKS = 20
LONGEST_TASK = 300
"""More than a sentence or a request line needs."""
_LET_REST = timedelta(hours=1)
_SCOPE = re.compile(r"[A-Za-z0-9:._/-]{1,120}")
"""Narrower than RFC 6749 allows: a scope is shown as part of a command that people paste."""
_SHOWN = 80
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_EMAIL = re.compile(r"[^@\s,<>]+@[^@\s,<>]+\.[^@\s,<>]+")


class Access(StrEnum):
    """Who gets a consent link: everybody who is allowed to talk to the bot, or after approval."""

    OPEN = "open"
    APPROVAL = "approval"


class Renewal(StrEnum):
    """Whether Consentry refreshes the tokens or people consent anew each time."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class Kind(StrEnum):
    """An integration acts for a person, a service app for an organisation."""

    INTEGRATION = "integration"
    SERVICE_APP = "service-app"


@dataclass(frozen=True)
class Integration:
    """An OAuth client.

    Attributes:
        tasks: What it is built to do, each in plain words or as ``METHOD /path``; its scopes are
            checked against them.
        secret_refused_at: Since when Webex refuses its client secret.
    """

    slug: str
    name: str
    client_id: str
    client_secret: Secret
    scopes: tuple[str, ...]
    owner_email: str
    purpose: str = ""
    access: Access = Access.OPEN
    renewal: Renewal = Renewal.AUTOMATIC
    approvers: tuple[str, ...] = ()
    max_days: int | None = None
    kind: Kind = Kind.INTEGRATION
    application_id: str = ""
    tasks: tuple[str, ...] = ()
    secret_refused_at: datetime | None = field(default=None, compare=False)

    def checked(self) -> Integration:
        """Return itself if it can work.

        Raises:
            BadInput: Something is missing or wrong; all faults are named together.
        """
        faults = [text for is_wrong, text in _faults(self) if is_wrong]
        if faults:
            raise BadInput(
                f"The integration {self.slug!r} cannot be registered: {'; '.join(faults)}.",
                advice="Correct this and try again; nothing was stored.",
            )
        return self

    def connectable(self, *, now: datetime) -> Integration:
        """Return itself if a consent link for it would lead somewhere.

        A refused client secret counts for an hour: then a consent may try it again, or one odd
        answer of Webex would close the integration for everybody.

        Raises:
            BadInput: It would not; the advice says who can help.
        """
        if self.kind is Kind.SERVICE_APP:
            raise BadInput(
                f"{self.name} is a service app: it acts for the organisation, not for you.",
                advice="A Full Administrator authorises it in Control Hub: Apps, Service Apps.",
            )
        if self.access is Access.APPROVAL:
            raise BadInput(
                f"{self.name} may only be connected after an approval.",
                advice=f"Ask its owner, {self.owner_email}.",
            )
        if self.secret_refused_at and now - self.secret_refused_at < _LET_REST:
            raise BadInput(
                f"{self.name} is out of order: Webex refuses its client secret.",
                advice="The administrators know. Try again in an hour.",
            )
        return self


def _faults(given: Integration) -> list[tuple[bool, str]]:
    bad = [mail for mail in (given.owner_email, *given.approvers) if not _EMAIL.fullmatch(mail)]
    odd = [scope for scope in given.scopes if not _SCOPE.fullmatch(scope)]
    is_app = given.kind is Kind.SERVICE_APP
    return [
        (not _SLUG.fullmatch(given.slug), "its slug must be 1 to 40 of a-z, 0-9 and inner hyphens"),
        (not given.name.strip(), "it has no name"),
        (not given.client_id.strip(), "it has no client id"),
        (not given.client_secret, "it has no client secret"),
        (not given.scopes, "it has no scopes"),
        (bool(odd), f"{', '.join(odd)[:_SHOWN]!r} is no scope"),
        (bool(bad), f"{', '.join(bad) or 'an empty text'} is not an e-mail address"),
        (given.max_days is not None and given.max_days < 1, "max-days must be at least 1"),
        (is_app and not given.application_id, "a service app needs its application id"),
        (len(given.tasks) > MOST_TASKS, f"it has more than {MOST_TASKS} tasks"),
        (not all(map(_is_task, given.tasks)), f"a task is one line of 1 to {LONGEST_TASK} signs"),
    ]


def _is_task(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_TASK and text.isprintable()
