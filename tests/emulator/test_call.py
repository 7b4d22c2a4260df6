from datetime import UTC, datetime

import pytest

from bot.emulator.call import Call, Caller
from bot.emulator.errors import WebexError
from bot.emulator.records import Account

ACCOUNT = Account(
    "id", "ana@clinic.example", "Ana", "org", "person", datetime(2026, 1, 1, tzinfo=UTC)
)
ITEMS = [{"id": str(number)} for number in range(5)]


def call(query: dict[str, str] | None = None, body: dict[str, object] | None = None) -> Call:
    return Call(Caller(ACCOUNT, "token"), {}, query or {}, body or {})


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    first = call({"max": "2"}).page_of(ITEMS, default=100)
    second = call({"max": "2", "cursor": first.next_cursor or ""}).page_of(ITEMS, default=100)
    third = call({"max": "2", "cursor": second.next_cursor or ""}).page_of(ITEMS, default=100)
    assert first.items + second.items + third.items == ITEMS
    assert third.next_cursor is None


def test_a_cursor_that_is_gone_ends_the_list() -> None:
    assert call({"cursor": "gone"}).page_of(ITEMS, default=100).items == []


@pytest.mark.parametrize("size", ["0", "-1", "1001", "ten", "1.5", ""])
def test_a_page_size_that_is_no_fitting_number_is_refused(size: str) -> None:
    with pytest.raises(WebexError, match="max"):
        call({"max": size}).page_of(ITEMS, default=100)


def test_fields_of_the_body_have_their_type() -> None:
    wrong = call(body={"text": 1, "flag": "yes", "empty": ""})
    for read in (
        lambda: wrong.text("text"),
        lambda: wrong.flag("flag"),
        lambda: wrong.required_text("empty"),
    ):
        with pytest.raises(WebexError) as refusal:
            read()
        assert refusal.value.status == 400
    assert wrong.text("absent") is None
    assert wrong.flag("absent") is False


def test_a_caller_does_not_show_the_token() -> None:
    assert "sesame" not in repr(Caller(ACCOUNT, "sesame"))
