"""Remembers the latest REST requests, so that one can see what a bot really asked."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from bot.emulator.clock import EmulatorClock

KEPT_REQUESTS = 2000  # enough for a long test, little enough for a page that polls


@dataclass(frozen=True)
class LoggedRequest:
    """One request and how it was answered; never its token or its body."""

    at: datetime
    method: str
    path: str
    query: str
    account: str | None
    status: int
    tracking_id: str


class RequestLog:
    """Keep the latest requests, oldest first."""

    def __init__(self, clock: EmulatorClock) -> None:
        self._clock = clock
        self._entries: deque[LoggedRequest] = deque(maxlen=KEPT_REQUESTS)

    def add(
        self, request_line: tuple[str, str, str], account: str | None, answer: tuple[int, str]
    ) -> None:
        """Note a request line (method, path, query), who asked, and the answer's status and id."""
        self._entries.append(LoggedRequest(self._clock(), *request_line, account, *answer))

    def entries(self, method: str | None = None, path: str | None = None) -> list[LoggedRequest]:
        """Return the requests with this method and exact path, or all of them."""
        kept = list(self._entries)
        return [e for e in kept if method in (None, e.method) and path in (None, e.path)]

    def clear(self) -> None:
        """Forget all requests."""
        self._entries.clear()
