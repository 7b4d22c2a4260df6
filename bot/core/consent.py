"""The two things that a consent hangs on: the ticket (a link) and its attempts (openings of it).

The link may be opened often (a preview does it, too) and uses nothing up; each opening is an
attempt with a state of its own. The first answer of Webex that is exchanged uses the ticket up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.errors import (
    AnswerUnknown,
    BlockedByOrganisation,
    ConsentDenied,
    ConsentFailed,
    LinkUnknown,
    LinkUsed,
    OtherBrowser,
    ScopesRefused,
    WebexFailed,
    WrongAccount,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.integrations import Integration
    from bot.core.people import Person
    from bot.core.secrets import Secret

TICKET_LIVES = timedelta(minutes=10)
ATTEMPT_LIVES = timedelta(minutes=15)
"""An attempt outlives its ticket a little: Webex may ask for a password and a second factor."""
MOST_ATTEMPTS = 20
"""A link that was opened this often is no longer opened by a person."""


@dataclass(frozen=True)
class Ticket:
    """A link to consent, for one person and one integration. Only its fingerprint is kept."""

    fingerprint: str
    integration: str
    person: Person
    scopes: tuple[str, ...]
    expires_at: datetime
    used_at: datetime | None = None
    attempts: int = 0

    def is_open(self, *, now: datetime) -> bool:
        """Tell whether the link may still be opened."""
        return not self.used_at and now < self.expires_at and self.attempts < MOST_ATTEMPTS


@dataclass(frozen=True)
class Attempt:
    """One opening of a link: the state that Webex sends back, bound to the browser."""

    state: str
    ticket: str
    browser: str
    verifier: Secret
    expires_at: datetime


@dataclass(frozen=True)
class Offer:
    """A link made for a person, still in the clear: it is shown once and never kept."""

    ticket: Secret
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True)
class Answer:
    """What Webex sends the browser back with."""

    state: str
    code: str = ""
    error: str = ""
    description: str = ""


def closed(ticket: Ticket | None) -> ConsentFailed:
    """Say why a link cannot be opened (any more)."""
    if ticket is not None and ticket.used_at:
        return LinkUsed(
            "This link was answered before, or you have connected by another one since.",
            advice="Say status in chat to see your connections, or connect for a new link.",
        )
    return LinkUnknown(
        "This link is too old, was opened too often, or never was one of mine.",
        advice="Ask me for a new one in chat: say connect and the integration's name.",
    )


def stale_answer() -> AnswerUnknown:
    """Say that an answer of Webex belongs to no open consent."""
    return AnswerUnknown(
        "This answer from Webex was used before, or took longer than it may.",
        advice="Nothing was changed. Ask me for a new link in chat if you need one.",
    )


def other_browser() -> OtherBrowser:
    """Say that the answer came to another browser than the one that opened the link."""
    return OtherBrowser(
        "The link was opened in one browser and answered in another.",
        advice="Open the link from your chat and finish in the same browser window.",
    )


def no_token(integration: Integration) -> WebexFailed:
    """Say that the person did her part and Webex did not do its own."""
    return WebexFailed(
        f"You consented, but Webex would not complete it for {integration.name}.",
        advice="Nothing was stored. Ask me for a new link in a few minutes; "
        f"if it fails again, tell {integration.owner_email}.",
    )


def unknown_account(integration: Integration) -> WebexFailed:
    """Say that Webex would not tell whose account consented, so the token was dropped."""
    return WebexFailed(
        f"Webex would not say which account consented to {integration.name}, so nothing was kept.",
        advice="The integration needs the scope spark:people_read for that. "
        f"Please tell its owner, {integration.owner_email}.",
    )


def wrong_account(asked: Person, consented: Person) -> WrongAccount:
    """Say that another account consented than the one that asked."""
    return WrongAccount(
        f"The link was made for {asked.email}, but {consented.email} gave consent.",
        advice="Nothing was stored here. Sign out of Webex in this browser, then ask me for a new "
        "link and sign in with the account that you chat with. Who consented by mistake can end "
        "that consent at idbroker.webex.com/idb/profile#/tokens.",
    )


def failure(error: str, description: str) -> ConsentFailed:
    """Say in a person's words what an error redirect of Webex means.

    The codes are those that Cisco's samples handle (WebexSamples/webex-oauth-integration); that an
    administrator's block comes as ``access_denied`` with a sentence about it is seen, not
    documented, so its description is read as well.
    """
    said = description.lower()
    if "admin" in said or "organization" in said or "organisation" in said:
        return BlockedByOrganisation(
            "Your organisation's administrator does not allow this integration.",
            advice="Ask your Webex administrator to allow it in Control Hub under Apps, "
            "Integrations; then ask me for a new link. Nothing was stored.",
        )
    if error == "access_denied":
        return ConsentDenied(
            "You pressed Decline, so nothing was granted and nothing was stored.",
            advice="If that was a slip, open the link in your chat again while it is valid.",
        )
    if error == "invalid_scope":
        return ScopesRefused(
            "Webex does not know one of the requested scopes for this integration.",
            advice="Tell the integration's owner: its scopes here and at developer.webex.com "
            "differ. Nothing was stored.",
        )
    return WebexFailed(
        "Webex reported a fault while it asked for your consent.",
        advice="Try the link in your chat again in a few minutes. Nothing was stored.",
    )
