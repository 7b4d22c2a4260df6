"""Where authorize requests wait until the person at the browser has answered."""

import secrets
from dataclasses import dataclass
from typing import Literal

from bot.emulator.grants import CodeChallenge
from bot.emulator.organisation import Integration

Outcome = Literal["ask", "server_error", "blocked"]


class ConsentPageError(Exception):
    """Say to the person at the browser what no integration can be told."""


@dataclass(frozen=True)
class ConsentRequest:
    """An authorize request that passed its checks and waits for the person."""

    integration: Integration
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    challenge: CodeChallenge | None
    login_hint: str | None


class ConsentDesk:
    """Hold the waiting requests, and what becomes of new ones.

    `outcome` is `ask` (show the consent page), `server_error`, or `blocked`: an administrator
    has forbidden the integration.
    """

    def __init__(self) -> None:
        self.outcome: Outcome = "ask"
        self._waiting: dict[str, ConsentRequest] = {}

    def wait(self, request: ConsentRequest) -> str:
        """Keep a request until the person answers; return the ticket for it."""
        ticket = secrets.token_urlsafe(16)
        self._waiting[ticket] = request
        return ticket

    def take(self, ticket: str) -> ConsentRequest:
        """Return a waiting request, once."""
        if ticket not in self._waiting:
            raise ConsentPageError("This consent page was answered already. Start again.")
        return self._waiting.pop(ticket)
