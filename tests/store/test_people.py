from sqlalchemy import Engine, insert, select

from bot.core.people import Person
from bot.store.people import columns_of, person_of
from bot.store.tables import TicketRow, table
from tests.core.examples import NOW


def test_a_person_comes_out_of_the_columns_as_it_went_in(engine: Engine) -> None:
    person = Person("anna-id", "anna@example.com", "Anna", "org")
    tickets = table(TicketRow)
    values = {"fingerprint": "f", "integration": "calling", "scopes": (), "attempts": 0}
    with engine.begin() as connection:
        connection.execute(insert(tickets).values(**values, expires_at=NOW, **columns_of(person)))
        row = connection.execute(select(tickets)).mappings().one()
    assert person_of(row) == person
