from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, select
from sqlalchemy.exc import StatementError

from bot.core.connections import State
from bot.store.columns import Lines, OneOf, Sealed, Sequence, UTCDateTime, Words
from bot.store.engine import engine_for

THINGS = Table(
    "things",
    MetaData(),
    Column("id", Sequence, primary_key=True),
    Column("at", UTCDateTime),
    Column("words", Words),
    Column("lines", Lines),
    Column("state", OneOf(State)),
    Column("number", Integer),
    Column("secret", Sealed("id")),
)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine: Engine = engine_for(database_url)
    with engine.begin() as connection:
        THINGS.create(connection)
        yield connection
    engine.dispose()


def stored(connection: Connection, **values: object) -> object:
    connection.execute(THINGS.insert().values(**values))
    return connection.execute(select(THINGS.c[next(iter(values))])).scalar_one()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 20, 9, 30, 0, 123_456, tzinfo=UTC),
        datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=-7))),
    ],
)
def test_a_moment_comes_back_the_same_and_in_utc(connection: Connection, moment: datetime) -> None:
    found = stored(connection, at=moment)
    assert isinstance(found, datetime)
    assert (found, found.tzinfo) == (moment, UTC)


def test_no_moment_comes_back_as_none(connection: Connection) -> None:
    assert stored(connection, at=None, number=1) is None


def test_a_naive_moment_is_refused(connection: Connection) -> None:
    naive = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - that it is naive is the point
    with pytest.raises(StatementError, match="has no time zone"):
        connection.execute(THINGS.insert().values(at=naive))


def test_moments_are_compared_as_moments_whatever_their_zone(connection: Connection) -> None:
    nine_utc = datetime(2026, 11, 20, 9, tzinfo=UTC)
    ten_in_madrid = datetime(2026, 11, 20, 10, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    stored(connection, at=nine_utc)
    earlier = select(THINGS.c.id).where(THINGS.c.at < ten_in_madrid)
    assert connection.execute(earlier).scalars().all() == [1]


@pytest.mark.parametrize("words", [(), ("one",), ("spark:calls_read", "spark:kms")])
def test_words_come_back_in_order(connection: Connection, words: tuple[str, ...]) -> None:
    assert stored(connection, words=words) == words


@pytest.mark.parametrize("lines", [(), ("post alerts",), ("GET /rooms", "tell the “größte” team")])
def test_lines_come_back_in_order(connection: Connection, lines: tuple[str, ...]) -> None:
    assert stored(connection, lines=lines) == lines


def test_a_choice_comes_back_as_the_choice(connection: Connection) -> None:
    assert stored(connection, state=State.NEEDS_CONSENT) is State.NEEDS_CONSENT


def test_what_is_no_choice_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="asleep"):
        connection.execute(THINGS.insert().values(state="asleep"))


def test_sealed_bytes_come_back_as_they_are(connection: Connection) -> None:
    assert stored(connection, secret=b"\x00\xff") == b"\x00\xff"


def test_a_sequence_counts_up_by_itself(connection: Connection) -> None:
    for number in range(2):
        connection.execute(THINGS.insert().values(number=number))
    assert connection.execute(select(THINGS.c.id)).scalars().all() == [1, 2]
