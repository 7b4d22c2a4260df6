"""Every way in which Consentry says no, in one tree.

    ConsentryError
    ├── BadInput                 what was given makes no sense
    │   ├── UnknownIntegration   no integration has this name
    │   └── UnregisteredScopes   more was asked for than the integration is registered for
    ├── ConsentFailed            a consent came to nothing; each has its own page
    │   ├── LinkUnknown          nobody made this link, or it is too old
    │   ├── LinkUsed             this link was answered before
    │   ├── AnswerUnknown        this answer of Webex belongs to no open consent
    │   ├── OtherBrowser         the answer came to another browser than the link
    │   ├── ConsentDenied        the person pressed Decline
    │   ├── ScopesRefused        Webex does not know these scopes for this integration
    │   ├── BlockedByOrganisation  the organisation's administrator does not allow it
    │   ├── WebexFailed          Webex could not finish, for reasons of its own
    │   └── WrongAccount         another account consented than the one that asked
    ├── WebexError               Webex did not do what we asked
    │   ├── WebexBusy            not now; ask again later
    │   ├── WebexRefused         no, and asking again will not help
    │   └── GrantRefused         the token endpoint said no; carries a Refusal
    ├── LeaseLost                somebody else took this work over; drop it
    ├── Overtaken                somebody else changed this since it was read
    └── SealBroken               a stored secret does not open

An error holds two sentences: the message says what happened, the advice what to do now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.core.refusals import Refusal


class ConsentryError(Exception):
    """Anything that Consentry refuses or cannot do; ``except ConsentryError`` catches all."""

    def __init__(self, message: str, *, advice: str) -> None:
        """Say what happened and what the reader should do now."""
        super().__init__(message)
        self.advice = advice

    def __str__(self) -> str:
        """Give both sentences, as a log line or a terminal shows them."""
        return f"{self.args[0]} {self.advice}"

    @property
    def message(self) -> str:
        """What happened, without the advice."""
        return str(self.args[0])


class BadInput(ConsentryError):
    """What a person or a program gave us makes no sense."""


class UnknownIntegration(BadInput):
    """No integration is registered under this name."""


class UnregisteredScopes(BadInput):
    """More scopes were asked for than the integration is registered for at Webex."""


class ConsentFailed(ConsentryError):
    """A consent came to nothing. The title heads the page which the person then reads."""

    title: ClassVar[str] = "That did not work"


class LinkUnknown(ConsentFailed):
    """Nobody made this link, or it is too old."""

    title = "This link is no longer valid"


class LinkUsed(ConsentFailed):
    """This link was answered before, whatever came of it."""

    title = "This link was already used"


class AnswerUnknown(ConsentFailed):
    """This answer of Webex belongs to no consent that is open."""

    title = "This answer was already used"


class OtherBrowser(ConsentFailed):
    """The answer came to another browser than the one that opened the link."""

    title = "Another browser opened this link"


class ConsentDenied(ConsentFailed):
    """The person pressed Decline."""

    title = "You said no, and that is fine"


class ScopesRefused(ConsentFailed):
    """Webex does not know the requested scopes for this integration."""

    title = "Webex refused the requested scopes"


class BlockedByOrganisation(ConsentFailed):
    """The organisation's administrator does not allow this integration."""

    title = "Your organisation blocks this integration"


class WebexFailed(ConsentFailed):
    """Webex could not finish, for reasons of its own."""

    title = "Webex could not finish"


class WrongAccount(ConsentFailed):
    """Another account consented than the one that asked."""

    title = "That was a different account"


class WebexError(ConsentryError):
    """Webex did not do what we asked."""


class WebexBusy(WebexError):
    """Not now: a rate limit, a server error or a lost connection. Asking again later may help."""

    def __init__(
        self, message: str, *, retry_after: timedelta | None = None, was_maybe_done: bool = False
    ) -> None:
        """Say what happened.

        Args:
            message: What happened.
            retry_after: How long Webex asks us to wait, if it said so.
            was_maybe_done: True when the request reached Webex and only its answer is missing.
        """
        super().__init__(message, advice="It is tried again by itself.")
        self.retry_after = retry_after
        self.was_maybe_done = was_maybe_done


class WebexRefused(WebexError):
    """No, and asking again with the same words will not help."""

    def __init__(self, message: str, *, status: int) -> None:
        """Say what Webex said, and the HTTP status that it said it with."""
        super().__init__(message, advice="Check that the bot is still allowed to do this.")
        self.status = status


class GrantRefused(WebexError):
    """The token endpoint said no. The refusal says what that means for the connection."""

    def __init__(self, refusal: Refusal) -> None:
        """Carry the classified refusal to whoever decides what becomes of the connection."""
        super().__init__(f"Webex gave no token: {refusal.detail}.", advice=refusal.kind.advice)
        self.refusal = refusal


class LeaseLost(ConsentryError):
    """Somebody else took this work over while we did it; what we did must not be kept."""

    def __init__(self, what: str) -> None:
        """Name the work that was taken over."""
        super().__init__(
            f"The lease on {what} was lost.", advice="Drop it; the new holder goes on."
        )


class Overtaken(ConsentryError):
    """Somebody else changed a connection since it was read, so this change would undo theirs."""

    def __init__(self, what: str) -> None:
        """Name what was changed."""
        super().__init__(f"{what} was changed meanwhile.", advice="Read it again and try anew.")


class SealBroken(ConsentryError):
    """A stored secret does not open with any of the keys, or was moved from another row."""

    def __init__(self, where: str) -> None:
        """Name the row and column, never the value."""
        super().__init__(
            f"The secret in {where} does not open.",
            advice="Check that ENCRYPTION_KEYS still holds the key that sealed it.",
        )
