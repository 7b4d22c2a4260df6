"""The worker: hears, delivers, and looks after the clock.

Threads take events and messages as soon as they are committed (the store's bell wakes them);
APScheduler ticks for everything that is due by time. Due-ness lives in rows, so a tick that is
missed, doubled or killed costs nothing.
"""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.core.errors import WebexError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.keeping import Store
    from bot.core.ports import Clock
    from bot.flows.reception import Reception
    from bot.flows.reminders import Reminders
    from bot.flows.tokens import Tokens

HEARING = 16
DELIVERING = 8
REFRESHING = 16
"""How many do it at once. They wait for Webex most of the time, so more than there are cores."""
_LONGEST_SLEEP = 1.0
_AFTER_A_FAULT = 1.0
_KEEP = timedelta(days=30)
"""How long handled events stay, so that a late redelivery is still known."""
_EVERY_DAY = 24 * 60 * 60
_EVERY_FIVE_MINUTES = 5 * 60


log = structlog.get_logger(__name__)


class Bell(Protocol):
    """Rings when somebody committed something."""

    def wait(self, timeout: float) -> None:
        """Sleep until it rings, or so many seconds."""

    def close(self) -> None:
        """Let go of what it listens on."""


@dataclass(frozen=True)
class Duties:
    """What the worker does, as the composition hands it over."""

    hear: Callable[[str], bool]
    deliver: Callable[[str], bool]
    tokens: Tokens
    reminders: Reminders
    reception: Reception
    store: Store


class Worker:
    """Runs the duties until stopped; killed, it leaves nothing that another cannot take up."""

    def __init__(self, duties: Duties, *, bell: Bell, clock: Clock, sweep_seconds: int) -> None:
        """Build it; nothing runs before ``start``."""
        self._duties = duties
        self._bell = bell
        self._clock = clock
        self._sweep_seconds = sweep_seconds
        self._holder = uuid.uuid4().hex
        self._is_stopping = threading.Event()
        self._rang = threading.Condition()
        self._rings = 0
        self._threads: list[threading.Thread] = []
        self._ticker = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin with everything, the webhooks first."""
        self._thread("bell", self._listen)
        for number in range(HEARING):
            self._thread(f"hear-{number}", self._loop, self._duties.hear)
        for number in range(DELIVERING):
            self._thread(f"deliver-{number}", self._loop, self._duties.deliver)
        self._tick("reception", self.receive, _EVERY_FIVE_MINUTES)
        self._tick("refresh", self.refresh, self._sweep_seconds)
        self._tick("remind", self.remind, self._sweep_seconds)
        self._tick("tidy", self.tidy, _EVERY_DAY)
        self._ticker.start()
        self._thread("start", self.open_up)

    def stop(self) -> None:
        """End the threads; what they hold is given back by its lease running out."""
        self._is_stopping.set()
        with self._rang:
            self._rang.notify_all()
        if self._ticker.running:
            self._ticker.shutdown(wait=False)
        for thread in self._threads:
            thread.join(timeout=_LONGEST_SLEEP * 2)
        self._bell.close()

    def open_up(self) -> None:
        """Register the webhooks and sweep once, without waiting for a tick."""
        self.receive()
        self.refresh()
        self.remind()

    def receive(self) -> None:
        """Look after the webhooks."""
        self._guarded("reception", lambda: self._duties.reception.reconcile(self._holder))

    def refresh(self) -> None:
        """Refresh what is due."""
        self._guarded("refresh", self._refresh)

    def remind(self) -> None:
        """Warn about what no refresh cures; apart, for refreshing may wait long for Webex."""
        self._guarded("remind", self._remind)

    def tidy(self) -> None:
        """Forget what nobody needs any more."""
        self._guarded("tidy", lambda: self._duties.store.forget(before=self._clock() - _KEEP))

    def drain(self) -> None:
        """Hear and deliver everything that is due now, in this thread, as a test wants it."""
        while self._duties.hear(self._holder) or self._duties.deliver(self._holder):
            continue

    def _refresh(self) -> None:
        with ThreadPoolExecutor(REFRESHING, thread_name_prefix="refresh") as pool:
            for number in range(REFRESHING):
                pool.submit(self._refresh_all, f"{self._holder}:{number}")

    def _refresh_all(self, holder: str) -> None:
        while not self._is_stopping.is_set():
            did_something = self._guarded(
                "refresh", lambda: self._duties.tokens.refresh_next(holder)
            )
            if not did_something:
                return

    def _remind(self) -> None:
        while not self._is_stopping.is_set() and self._duties.reminders.tell_due():
            continue

    def _loop(self, step: Callable[[str], bool]) -> None:
        holder = f"{self._holder}:{threading.current_thread().name}"
        while not self._is_stopping.is_set():
            rings = self._rings
            did_something = self._guarded(holder, lambda: step(holder))
            if did_something is None:
                self._is_stopping.wait(_AFTER_A_FAULT)
            elif not did_something:
                self._sleep(rings)

    def _sleep(self, rings: int) -> None:
        """Wait for a ring, unless it rang since the last look."""
        with self._rang:
            if rings == self._rings and not self._is_stopping.is_set():
                self._rang.wait(_LONGEST_SLEEP)

    def _listen(self) -> None:
        while not self._is_stopping.is_set():
            if self._guarded("bell", lambda: self._bell.wait(_LONGEST_SLEEP)) is None:
                self._is_stopping.wait(_AFTER_A_FAULT)
            with self._rang:
                self._rings += 1
                self._rang.notify_all()

    def _guarded(self, what: str, do: Callable[[], object]) -> object:
        """Keep a fault from ending a thread: the row that caused it is retried by its lease."""
        name = what.rpartition(":")[2]
        try:
            return do() or False
        except WebexError as error:
            log.warning("worker.webex", what=name, why=str(error))  # no fault of ours: no trace
        except Exception:
            log.exception("worker.fault", what=name)
        return None

    def _tick(self, name: str, job: Callable[[], None], seconds: int) -> None:
        self._ticker.add_job(job, "interval", seconds=seconds, id=name, jitter=None)

    def _thread(self, name: str, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()
