"""One authenticated REST request, as the rules see it: who asks, and with which values.

The rules never touch Flask, so each can be read, and tried, as a plain function.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.emulator.errors import WebexError
from bot.emulator.records import Account, Json


@dataclass(frozen=True)
class Caller:
    """Name who is behind an access token; `scopes` is None for a bot's own token."""

    account: Account
    token: str = field(repr=False)
    scopes: frozenset[str] | None = None
    client_id: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Hold one page of a list, and the mark at which the next one starts."""

    items: list[Json]
    next_cursor: str | None = None


@dataclass(frozen=True)
class Call:
    """Hold what a request brought along."""

    caller: Caller
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Json

    @property
    def account(self) -> Account:
        """Return the account that asks."""
        return self.caller.account

    def text(self, name: str) -> str | None:
        """Return a text field of the body, or None where it is absent."""
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            raise WebexError(400, f"{name} must be a string.")
        return value

    def required_text(self, name: str) -> str:
        """Return a text field of the body that must not be empty."""
        value = self.text(name)
        if not value:
            raise WebexError(400, f"{name} cannot be empty.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes-or-no field of the body."""
        value = self.body.get(name, default)
        if not isinstance(value, bool):
            raise WebexError(400, f"{name} must be true or false.")
        return value

    def page_size(self, *, default: int, most: int = 1000) -> int:
        """Return how many items the caller wants at most."""
        value = self.query.get("max", str(default))
        if not value.isdecimal() or not 1 <= int(value) <= most:
            raise WebexError(400, f"max must be a whole number from 1 to {most}, not {value!r}.")
        return int(value)

    def page_of(self, items: list[Json], *, default: int, most: int = 1000) -> Page:
        """Cut the page out of a whole list that the caller asked for."""
        size = self.page_size(default=default, most=most)
        start = self._start(items)
        cut = items[start : start + size]
        has_more = start + size < len(items)
        return Page(cut, cut[-1]["id"] if has_more else None)

    def _start(self, items: list[Json]) -> int:
        cursor = self.query.get("cursor")
        if cursor is None:
            return 0
        places = [place for place, item in enumerate(items) if item["id"] == cursor]
        return places[0] + 1 if places else len(items)
