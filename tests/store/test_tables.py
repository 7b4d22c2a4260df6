from bot.store.columns import Sealed
from bot.store.tables import Row

SEALED = {
    ("attempts", "verifier"),
    ("connections", "access_token"),
    ("connections", "refresh_token"),
    ("integrations", "client_secret"),
    ("outbox", "message"),
}


def every_column() -> set[tuple[str, str]]:
    tables = Row.metadata.tables.items()
    return {(name, column.name) for name, table in tables for column in table.c}


def test_these_columns_are_sealed_and_no_others() -> None:
    tables = Row.metadata.tables
    sealed = {at for at in every_column() if isinstance(tables[at[0]].c[at[1]].type, Sealed)}
    assert sealed == SEALED


def test_no_other_column_sounds_like_a_secret() -> None:
    telling = ("token", "secret", "verifier", "password")
    others = every_column() - SEALED - {("integrations", "secret_refused_at")}
    assert not [at for at in others if any(word in at[1] for word in telling)]


def test_every_seal_is_bound_to_a_unique_column_of_its_row() -> None:
    for table_name, column_name in SEALED:
        table = Row.metadata.tables[table_name]
        kind = table.c[column_name].type
        assert isinstance(kind, Sealed)
        bound_to = table.c[kind.bound_to]
        assert not bound_to.nullable
        assert bound_to.primary_key or bound_to.unique


def test_every_constraint_has_a_name_so_that_sqlite_can_change_it() -> None:
    for table in Row.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints)
