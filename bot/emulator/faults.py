"""Makes the emulator misbehave on demand: failures, lost answers, slowness, rate limits.

A fault says which requests it meets and what happens to them. A rate limit counts requests per
access token, as Webex does. Nothing here happens unless somebody asks for it.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from typing import Literal

from bot.emulator.clock import EmulatorClock
from bot.emulator.records import Json

DropMoment = Literal["never", "before", "after"]
RetryAfter = Literal["seconds", "date", "absent", "rubbish"]


@dataclass
class Fault:
    """Spoil the next `times` requests whose method and path match.

    Args:
        path: A shell pattern over the whole path, such as `/v1/messages*`.
        status: Answer with this status instead of handling the request.
        body: The JSON of that answer; Webex's error JSON where it is None.
        html: The answer's body as a page, as gateways send it.
        delay_seconds: Wait this long first.
        drop: Cut the connection `before` the request is handled, or `after`, so that the work
            is done and the answer is lost.
    """

    method: str = "*"
    path: str = "*"
    times: int = 1
    status: int | None = None
    body: Json | None = None
    html: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    drop: DropMoment = "never"

    def meets(self, method: str, path: str) -> bool:
        """Say whether this fault spoils such a request."""
        return self.times > 0 and fnmatchcase(method, self.method) and fnmatchcase(path, self.path)


@dataclass
class RateLimit:
    """Allow so many requests per window and token, and refuse the rest with 429.

    The numbers given are about what Webex documents for most of its REST APIs.
    """

    requests: int = 300
    window_seconds: float = 60.0
    retry_after: RetryAfter = "seconds"
    is_html: bool = False

    def header(self, wait: timedelta, now: datetime) -> dict[str, str]:
        """Return the Retry-After header in the dress that was asked for."""
        seconds = max(1, round(wait.total_seconds()))
        values = {
            "seconds": str(seconds),
            "date": format_datetime(now + timedelta(seconds=seconds), usegmt=True),
            "rubbish": "soon",
        }
        value = values.get(self.retry_after)
        return {} if value is None else {"Retry-After": value}


class Faults:
    """Hold the faults and the rate limit that are switched on."""

    def __init__(self, clock: EmulatorClock) -> None:
        self._clock = clock
        self._faults: list[Fault] = []
        self._seen: dict[str, list[datetime]] = {}
        self.rate_limit: RateLimit | None = None
        self.latency_seconds = 0.0

    def add(self, fault: Fault) -> None:
        """Switch a fault on, behind the ones that are on already."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Behave well again."""
        self._faults.clear()
        self._seen.clear()
        self.rate_limit = None
        self.latency_seconds = 0.0

    def pending(self) -> list[Fault]:
        """Return the faults that will still meet a request."""
        return [fault for fault in self._faults if fault.times > 0]

    def take(self, method: str, path: str) -> Fault | None:
        """Use up one turn of the first fault that meets this request."""
        fault = next((fault for fault in self._faults if fault.meets(method, path)), None)
        if fault is not None:
            fault.times -= 1
        return fault

    def wait(self, fault: Fault | None) -> None:
        """Be as slow as was asked for."""
        time.sleep(self.latency_seconds + (fault.delay_seconds if fault else 0.0))

    def over_limit(self, token: str) -> timedelta | None:
        """Count a request; return how long to wait where it is one too many."""
        limit = self.rate_limit
        if limit is None:
            return None
        now, window = self._clock(), timedelta(seconds=limit.window_seconds)
        recent = [moment for moment in self._seen.get(token, []) if now - moment < window]
        if len(recent) >= limit.requests:
            return window - (now - recent[0]) if recent else window
        self._seen[token] = [*recent, now]
        return None
