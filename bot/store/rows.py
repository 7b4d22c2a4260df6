"""What every shelf does with rows: read columns into plain values, insert if new.

Separate, because inserting if new is the one statement that SQLAlchemy spells per engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Table
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def names_of(kind: type[DataclassInstance], *, apart: str = "") -> tuple[str, ...]:
    """Name the fields of a plain value that are columns of the same name.

    Args:
        kind: The plain value's dataclass.
        apart: The one field that is kept in another way.
    """
    return tuple(field.name for field in fields(kind) if field.name != apart)


def picked(row: RowMapping, names: Iterable[str]) -> dict[str, Any]:
    """Pick the named columns, to build a plain value from."""
    return {name: row[name] for name in names}


def insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row; False, and no error, where its unique key is taken.

    Of two transactions with one key the second waits for the first, so exactly one gets True.
    """
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    statement = dialect.insert(table).on_conflict_do_nothing().inline()
    # For an insert SQLAlchemy counts rows only where it is asked to.
    counted = statement.execution_options(preserve_rowcount=True)
    return connection.execute(counted, values).rowcount == 1
