from bot.emulator.routes import ROUTES


def test_each_operation_stands_in_the_table_once() -> None:
    operations = [(route.method, route.path) for route in ROUTES]
    assert len(set(operations)) == len(operations)


def test_everything_that_reads_or_changes_needs_a_scope() -> None:
    free = {route.path for route in ROUTES if not route.any_of}
    assert free == {"/webhooks", "/webhooks/<webhook_id>", "/authorizations/tokenExpiry"}
