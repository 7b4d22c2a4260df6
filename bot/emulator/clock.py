"""The emulator's own clock, which can be moved forwards to see things expire.

Everything that ends (access tokens, refresh tokens, codes, rate limits) is measured by it, so a
test or a person at the chat page can live through three months in a minute.
"""

from datetime import UTC, datetime, timedelta


class EmulatorClock:
    """Tell the emulated time: the real time plus an offset that can be moved."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        """Return the emulated time in UTC."""
        return datetime.now(UTC) + self.offset

    def move(self, by: timedelta) -> None:
        """Move the emulated time by this much; a negative value moves it back."""
        self.offset += by


def webex_time(moment: datetime) -> str:
    """Write a moment as Webex does, such as `2026-11-20T10:47:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
