"""Carries events to webhooks, in the background and in order, and counts failures.

Webex switches a webhook off after 100 failed deliveries within five minutes, and never on again
by itself; a webhook that was switched on again falls at its first failure within five minutes of
having been switched off (Webhooks guide). Whether Webex repeats a failed delivery is not
documented, so nothing is repeated here.
"""

import hashlib
import hmac
import queue
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.emulator.clock import EmulatorClock
from bot.emulator.records import Webhook

FAILURES_ALLOWED = 100
FAILURE_WINDOW = timedelta(minutes=5)
TIMEOUT_SECONDS = 10.0  # how long a target may take; Webex does not say its own number
KEPT_DELIVERIES = 2000
SUCCESS = range(200, 300)


@dataclass(frozen=True)
class Delivery:
    """One attempt to tell a webhook, and what came of it."""

    at: datetime
    webhook_id: str
    url: str
    body: bytes
    signature: str | None
    status: int | None
    error: str | None
    seconds: float

    @property
    def has_failed(self) -> bool:
        """Say whether the target did not answer with a 2xx."""
        return self.status not in SUCCESS


@dataclass
class _Line:
    """The waiting line in front of one webhook."""

    waiting: queue.Queue[bytes | None] = field(default_factory=queue.Queue)
    failures: deque[datetime] = field(default_factory=deque)
    switched_off_at: datetime | None = None


class Deliveries:
    """Deliver events, one thread per webhook, and remember each attempt."""

    def __init__(self, clock: EmulatorClock, lock: threading.RLock) -> None:
        self._clock = clock
        self._lock = lock
        self._lines: dict[str, _Line] = {}
        self._unfinished = 0
        self._settled = threading.Condition()
        self.timeout_seconds = TIMEOUT_SECONDS
        self.attempts: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)

    def enqueue(self, webhook: Webhook, body: bytes) -> None:
        """Put an event at the end of a webhook's waiting line."""
        with self._settled:
            self._unfinished += 1
        self._line(webhook).waiting.put(body)

    def wait_until_idle(self, seconds: float = 10.0) -> bool:
        """Wait until nothing is under way; say whether that came true in time."""
        with self._settled:
            return self._settled.wait_for(lambda: self._unfinished == 0, timeout=seconds)

    def forget(self, webhook_id: str) -> None:
        """End the thread of a webhook that is no more."""
        line = self._lines.pop(webhook_id, None)
        if line is not None:
            line.waiting.put(None)

    def stop(self) -> None:
        """End all threads."""
        for webhook_id in list(self._lines):
            self.forget(webhook_id)

    def _line(self, webhook: Webhook) -> _Line:
        with self._lock:
            if webhook.id not in self._lines:
                line = self._lines[webhook.id] = _Line()
                threading.Thread(target=self._serve, args=(webhook, line), daemon=True).start()
            return self._lines[webhook.id]

    def _serve(self, webhook: Webhook, line: _Line) -> None:
        while (body := line.waiting.get()) is not None:
            if webhook.is_active and self._lines.get(webhook.id) is line:
                self._note(webhook, line, self._post(webhook, body))
            with self._settled:
                self._unfinished -= 1
                self._settled.notify_all()

    def _post(self, webhook: Webhook, body: bytes) -> Delivery:
        signature = sign(webhook.secret, body) if webhook.secret else None
        started, at = time.monotonic(), self._clock()
        status, error = post(
            webhook.target_url, body, signature=signature, timeout_seconds=self.timeout_seconds
        )
        seconds = time.monotonic() - started
        return Delivery(at, webhook.id, webhook.target_url, body, signature, status, error, seconds)

    def _note(self, webhook: Webhook, line: _Line, delivery: Delivery) -> None:
        with self._lock:
            self.attempts.append(delivery)
            if delivery.has_failed and self._is_one_too_many(line):
                line.switched_off_at = self._clock()
                webhook.is_active = False

    def _is_one_too_many(self, line: _Line) -> bool:
        now = self._clock()
        line.failures.append(now)
        while now - line.failures[0] > FAILURE_WINDOW:
            line.failures.popleft()
        off_at = line.switched_off_at
        is_on_probation = off_at is not None and now - off_at <= FAILURE_WINDOW
        return is_on_probation or len(line.failures) >= FAILURES_ALLOWED


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for what it is: not a 2xx."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def sign(secret: str, body: bytes) -> str:
    """Return the X-Spark-Signature of a body: hex HMAC-SHA1 over its raw bytes."""
    return hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()


def post(
    url: str, body: bytes, *, signature: str | None, timeout_seconds: float
) -> tuple[int | None, str | None]:
    """Send a body to a webhook's target; return its status, or why there is none."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "WebexEmulator"}
    if signature is not None:
        headers["X-Spark-Signature"] = signature
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - http, checked at registration
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(request, timeout=timeout_seconds) as answer:
            return answer.status, None
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code, None
    except (OSError, ValueError) as failure:
        return None, f"{type(failure).__name__}: {failure}"
