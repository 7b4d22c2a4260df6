from bot.emulator.scopes import ME_READ, MESSAGES_READ, PEOPLE_READ, ROLES_READ, is_covered


def test_one_of_the_named_scopes_is_enough() -> None:
    assert is_covered(frozenset({"spark-admin:people_read"}), PEOPLE_READ)
    assert not is_covered(frozenset({"spark-admin:people_read"}), ME_READ)
    assert not is_covered(frozenset(), MESSAGES_READ)


def test_spark_all_and_bots_hold_user_scopes_and_no_administrators() -> None:
    for held in (None, frozenset({"spark:all"})):
        assert is_covered(held, MESSAGES_READ)
        assert not is_covered(held, ROLES_READ)


def test_what_needs_nothing_is_open() -> None:
    assert is_covered(frozenset(), ())
