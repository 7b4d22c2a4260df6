"""The column types that SQLite and PostgreSQL must answer alike.

Separate, because each closes a gap between the two engines or between a row and a plain value.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

Sequence: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")
"""A number that the engine counts up; SQLite does that for ``INTEGER`` alone."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC on the way in and out. SQLite would drop the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive moment, because nobody can tell which one it is."""
        if value is not None and value.utcoffset() is None:
            message = f"The time {value} has no time zone. Pass an aware one."
            raise ValueError(message)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give UTC, whether the engine kept the zone or not."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """An ordered tuple of words without blanks, such as scopes or e-mail addresses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        """Join them with blanks."""
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """Part them again."""
        return None if value is None else tuple(value.split())


class Lines(TypeDecorator[tuple[str, ...]]):
    """An ordered tuple of texts of one line each."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        """Write each into a line."""
        return None if value is None else "\n".join(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """Part them again."""
        return None if value is None else tuple(filter(None, value.split("\n")))


class OneOf(TypeDecorator[StrEnum]):
    """A choice, kept as its word, so that a new choice needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        """Name the choices there are."""
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:  # noqa: ANN401 - as the base class has it
        """Keep the word."""
        return None if value is None else str(self.choices(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """Find the choice again."""
        return None if value is None else self.choices(value)


class Sealed(TypeDecorator[bytes]):
    """A sealed secret, bound to its row by the named column. Key rotation visits every one."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, bound_to: str) -> None:
        """Name the unique column of the same row which the seal is bound to."""
        super().__init__()
        self.bound_to = bound_to
