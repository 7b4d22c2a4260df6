import pytest

from bot.emulator.cards import check_attachments, submit_data
from bot.emulator.errors import WebexError
from tests.emulator.world import CARD, Json, card_attachment

BUTTON: Json = {"type": "Action.Submit", "title": "x"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": None}, "Missing Adaptive Card Version"),
        ({"version": 1.3}, "Missing Adaptive Card Version"),
        ({"version": "1.x"}, "Invalid"),
        ({"version": "1.4"}, "1.3 is the newest"),
        ({"version": "2.0"}, "1.3 is the newest"),
        ({"type": "Card"}, "AdaptiveCard"),
        ({"actions": [BUTTON] * 6}, "at most 5 actions"),
        ({"actions": BUTTON}, "at most 5 actions"),
        ({"actions": [{"type": "Action.Execute"}]}, "Action.Execute"),
        ({"body": [{"type": "Container", "items": [{"type": "Media"}]}]}, "Media"),
        ({"body": [{"type": "Image", "url": "https://x.example/x.png"}] * 11}, "at most 10"),
        ({"body": [{"type": "TextBlock", "text": "ä" * 41_000}]}, "bytes long"),
    ],
)
def test_a_card_against_the_rules_is_refused(change: Json, words: str) -> None:
    with pytest.raises(WebexError, match=words) as refusal:
        check_attachments(card_attachment(CARD | change))
    assert refusal.value.status == 400


@pytest.mark.parametrize(
    "attachments",
    [
        [],
        card_attachment(CARD) * 2,
        CARD,
        [CARD],
        [{"contentType": "text/html", "content": CARD}],
        [{"contentType": "application/vnd.microsoft.card.adaptive", "content": "{}"}],
    ],
)
def test_anything_but_exactly_one_card_is_refused(attachments: object) -> None:
    with pytest.raises(WebexError):
        check_attachments(attachments)


def test_a_card_at_the_limits_is_taken() -> None:
    card = CARD | {"version": "1.0", "actions": [BUTTON] * 5}
    assert check_attachments(card_attachment(card)) == card_attachment(card)


def test_a_button_is_found_inside_shown_cards_but_not_inside_data() -> None:
    inner = {"type": "AdaptiveCard", "actions": [BUTTON | {"data": {"deep": True}}]}
    fake = BUTTON | {"title": "real", "data": {"type": "Action.Submit", "title": "fake"}}
    card = CARD | {"actions": [{"type": "Action.ShowCard", "card": inner}, fake]}
    assert submit_data(card, "x") == {"deep": True}
    assert submit_data(card, None) == {}
    with pytest.raises(WebexError, match="fake"):
        submit_data(card, "fake")


def test_data_that_is_a_bare_text_adds_nothing() -> None:
    assert submit_data(CARD | {"actions": [BUTTON | {"data": "text"}]}, None) == {}
