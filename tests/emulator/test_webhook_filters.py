import pytest

from bot.emulator.errors import WebexError
from bot.emulator.webhook_filters import check_subject, parse_filter, passes


@pytest.mark.parametrize(
    ("resource", "event"),
    [
        ("messages", "created"),
        ("messages", "all"),
        ("all", "all"),
        ("attachmentActions", "created"),
        ("rooms", "migrated"),
        ("serviceApp", "deauthorized"),
        ("meetings", "started"),
    ],
)
def test_what_webex_has_is_taken(resource: str, event: str) -> None:
    check_subject(resource, event)


@pytest.mark.parametrize(
    ("resource", "event"),
    [
        ("people", "created"),
        ("messages", "started"),
        ("attachmentActions", "all"),
        ("attachmentActions", "deleted"),
        ("rooms", "deleted"),
        ("all", "created"),
    ],
)
def test_what_webex_has_not_is_refused(resource: str, event: str) -> None:
    with pytest.raises(WebexError, match="invalid value for"):
        check_subject(resource, event)


@pytest.mark.parametrize("text", ["nonsense", "roomId=", "isModerator=true", "a=b", "&"])
def test_a_filter_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(WebexError, match="filter"):
        parse_filter("messages", text)


def test_all_parts_of_a_filter_must_agree() -> None:
    wanted = parse_filter("messages", "roomType=group&mentionedPeople=me&hasFiles=TRUE")
    facts = {"roomType": "group", "mentionedPeople": ["ME"], "hasFiles": True}
    assert passes(wanted, facts, "ME")
    assert not passes(wanted, facts, "OTHER")
    assert not passes(wanted, facts | {"roomType": "direct"}, "ME")
    assert not passes(wanted, facts | {"hasFiles": False}, "ME")
    assert passes(parse_filter("messages", None), facts, "ME")
