from sqlalchemy import Engine, select

from bot.store.store import Store
from bot.store.tables import AuditRow, table
from tests.core.examples import DAY, NOW


def test_entries_are_kept_in_order_with_their_facts(store: Store, engine: Engine) -> None:
    with store.begin() as work:
        work.audit.note("connection.added", who="anna", target="calling", now=NOW, scopes="a b")
        work.audit.note("connection.revoked", who="anna", target="calling", now=NOW + DAY)
    audit = table(AuditRow)
    with engine.connect() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.seq)).all()
    assert [tuple(row)[1:] for row in rows] == [
        (NOW, "anna", "connection.added", "calling", {"scopes": "a b"}),
        (NOW + DAY, "anna", "connection.revoked", "calling", {}),
    ]
