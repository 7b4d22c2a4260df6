"""Re-seals every secret under the first key, so that an older key can be retired.

Runs while others write: a value is replaced only where it still is what was read. It can be stopped
and started at will, because what the first key sealed already is passed over. Which columns hold
secrets is read from the tables, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Column, Engine, Update, and_, select, update

from bot.core.errors import SealBroken
from bot.store import tables
from bot.store.columns import Sealed
from bot.store.engine import reader_of
from bot.store.sealing import Place, Sealer

_BATCH = 200
"""Few enough that a writer beside us waits for milliseconds only."""


@dataclass
class Rotation:
    """What a rotation did. A broken secret is named by its place and left as it is."""

    resealed: int = 0
    current: int = 0
    broken: list[str] = field(default_factory=list)


def rotate(engine: Engine, sealer: Sealer) -> Rotation:
    """Seal every stored secret anew under the first key; say how many there were of each."""
    rotation = Rotation()
    for column in _sealed_columns():
        for batch in column.batches(reader_of(engine)):
            stale = [(place, old) for place, old in batch if not sealer.is_current(old)]
            rotation.current += len(batch) - len(stale)
            anew = list(_sealed_anew(stale, sealer, rotation))
            rotation.resealed += column.replace(engine, anew)
    return rotation


class _Anew(NamedTuple):
    place: Place
    old: bytes
    new: bytes


def _sealed_anew(
    stale: list[tuple[Place, bytes]], sealer: Sealer, rotation: Rotation
) -> Iterator[_Anew]:
    for place, old in stale:
        try:
            yield _Anew(place, old, sealer.seal(sealer.open(old, place), place))
        except SealBroken:
            rotation.broken.append(str(place))


class _SealedColumn:
    """One column of secrets, walked in the order of what its seals are bound to."""

    def __init__(self, column: Column[bytes], bound_to: Column[str]) -> None:
        self._column = column
        self._row = bound_to

    def batches(self, reader: Engine) -> Iterator[list[tuple[Place, bytes]]]:
        """Read the column in small pieces, each in a transaction of its own."""
        last = ""
        while batch := self._after(last, reader):
            yield batch
            last = batch[-1][0].row

    def replace(self, engine: Engine, anew: list[_Anew]) -> int:
        """Keep what was sealed anew, but where somebody wrote meanwhile; say how many."""
        if not anew:
            return 0
        with engine.begin() as connection:
            return sum(connection.execute(self._replacing(each)).rowcount for each in anew)

    def _replacing(self, anew: _Anew) -> Update:
        is_unchanged = and_(self._row == anew.place.row, self._column == anew.old)
        return update(self._column.table).where(is_unchanged).values({self._column: anew.new})

    def _after(self, last: str, reader: Engine) -> list[tuple[Place, bytes]]:
        statement = (
            select(self._row, self._column)
            .where(self._row > last, self._column.is_not(None))
            .order_by(self._row)
            .limit(_BATCH)
        )
        with reader.begin() as connection:
            rows = connection.execute(statement).all()
        table, column = self._column.table.name, self._column.name
        return [(Place(table, row, column), sealed) for row, sealed in rows]


def _sealed_columns() -> Iterator[_SealedColumn]:
    for table in tables.Row.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Sealed):
                yield _SealedColumn(column, table.c[column.type.bound_to])
