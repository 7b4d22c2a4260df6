"""How an engine goes about the statements of a piece of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.store.sealing import Sealer
from bot.store.store import Shelves

_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def plans_of(engine: Engine, sealer: Sealer, action: Callable[[Shelves], object]) -> str:
    """Run it, and tell the engine's plan for each of its statements."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, *executed: object) -> None:
        statement, given, *_ = executed
        seen.append((str(statement), given))

    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
        event.listen(connection, "before_cursor_execute", note)
        action(Shelves(connection, sealer))
        event.remove(connection, "before_cursor_execute", note)
        explain = _EXPLAIN[engine.dialect.name]
        plans = [connection.exec_driver_sql(explain + sql, given).all() for sql, given in seen]
    return "\n".join(str(line) for plan in plans for line in plan)


def scans(plan: str) -> list[str]:
    """Pick the lines of a plan that read a whole table."""
    return [line for line in plan.splitlines() if "SCAN" in line or "Seq Scan" in line]
