"""How a person is laid out in the columns of a row that belongs to one."""

from __future__ import annotations

from sqlalchemy import RowMapping

from bot.core.people import Person


def columns_of(person: Person) -> dict[str, str]:
    """Lay a person out in columns."""
    return {
        "person_id": person.id,
        "person_email": person.email,
        "person_name": person.name,
        "person_org_id": person.org_id,
    }


def person_of(row: RowMapping) -> Person:
    """Read a person back."""
    return Person(
        id=row["person_id"],
        email=row["person_email"],
        name=row["person_name"],
        org_id=row["person_org_id"],
    )
