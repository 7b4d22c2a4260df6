from datetime import UTC, datetime

from bot.emulator.records import Account, Room

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_kinds_are_asked_for_as_questions() -> None:
    assert Account("1", "r@webex.bot", "R", "org", "bot", NOW).is_bot
    assert not Account("2", "a@clinic.example", "A", "org", "person", NOW).is_bot
    assert Room("3", "direct", "", "1", "org", NOW, NOW).is_direct
    assert not Room("4", "group", "G", "1", "org", NOW, NOW).is_direct


def test_rooms_do_not_share_their_members() -> None:
    one, other = (Room(name, "group", name, "1", "org", NOW, NOW) for name in "ab")
    assert one.members is not other.members
