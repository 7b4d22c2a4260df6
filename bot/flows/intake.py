"""What Webex tells us is made durable here, before anybody says thank you for it."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.events import read_event

if TYPE_CHECKING:
    from bot.core.keeping import Store
    from bot.core.ports import Clock, Notices
    from bot.flows.administrators import Administrators

FORGED_ALARM = 5
FORGED_WITHIN = timedelta(minutes=5)
"""So many wrong signatures in so short a time are no accident: Webex disables a webhook after 100
refusals in five minutes (developer.webex.com, Webhooks), so somebody should look before that."""
ALARM_AGAIN_AFTER = timedelta(hours=1)
"""However many come, a stranger makes us write to the database this often at the most."""
_INCIDENT = "forged-webhooks"


class Intake:
    """The door's other side: keeps events, counts forgeries."""

    def __init__(
        self, *, store: Store, administrators: Administrators, notices: Notices, clock: Clock
    ) -> None:
        """Build from the outside that it needs."""
        self._store = store
        self._administrators = administrators
        self._notices = notices
        self._clock = clock
        self._forged: deque[datetime] = deque(maxlen=FORGED_ALARM)
        self._alarmed_at: datetime | None = None
        self._guard = threading.Lock()

    def accept(self, envelope: object) -> bool:
        """Keep what a webhook tells; once this returns, no crash loses it.

        Args:
            envelope: The parsed body, of whatever shape.

        Returns:
            False where it is nothing that we act on, or was here before.
        """
        event = read_event(envelope)
        if event is None:
            return False
        with self._store.begin() as work:
            return work.inbox.put(event, now=self._clock())

    def forged(self) -> None:
        """Count a wrong signature; when they pile up, tell the administrators, once a day.

        Counted in memory, because a stranger must not be able to make us write to the database.
        """
        now = self._clock()
        with self._guard:
            self._forged.append(now)
            is_quiet = self._alarmed_at is None or now - self._alarmed_at >= ALARM_AGAIN_AFTER
            is_alarming = (
                is_quiet
                and len(self._forged) == FORGED_ALARM
                and now - self._forged[0] <= FORGED_WITHIN
            )
            if is_alarming:
                self._alarmed_at = now
        if is_alarming:
            self._alarm(now)

    def _alarm(self, now: datetime) -> None:
        with self._store.begin() as work:
            work.incidents.happened(_INCIDENT, now=now, times=FORGED_ALARM)
            self._administrators.tell(
                work,
                lambda recipient: self._notices.forged_webhooks(recipient, FORGED_ALARM),
                now=now,
                key=f"{_INCIDENT}:{now:%Y-%m-%d}",
            )
