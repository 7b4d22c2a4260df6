from sqlalchemy import Engine, select

from bot.core.events import Event
from bot.store.rows import insert_new, names_of, picked
from bot.store.tables import LeaseRow, table
from tests.core.examples import DAY, NOW

LEASES = table(LeaseRow)


def test_fields_are_named_but_for_the_one_kept_apart() -> None:
    assert names_of(Event, apart="id") == (
        "resource",
        "event",
        "room_id",
        "person_id",
        "at",
    )


def test_a_new_row_is_inserted_and_an_old_one_left_as_it_is(engine: Engine) -> None:
    row = {"name": "sweep", "holder": "first", "until": NOW}
    with engine.begin() as connection:
        assert insert_new(connection, LEASES, row)
        assert not insert_new(connection, LEASES, row | {"holder": "second", "until": NOW + DAY})
        found = connection.execute(select(LEASES)).mappings().one()
    assert picked(found, ("holder", "until")) == {"holder": "first", "until": NOW}
