import pytest

from bot.chat.card_rules import count_actions, faults
from bot.core.messages import Card

SUBMIT = {"type": "Action.Submit", "title": "Go", "data": {"action": "say", "say": "help"}}


def found(**changes: object) -> list[str]:
    card: Card = {"type": "AdaptiveCard", "version": "1.3", "body": [], "actions": [SUBMIT]}
    return list(faults(card | changes, actions={"say"}))


def test_a_good_card_has_no_faults() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"type": "Card"}, "type: must be AdaptiveCard"),
        ({"version": "1.5"}, "version: must be 1.3"),
        ({"actions": [SUBMIT] * 6}, "actions: Webex draws at most 5"),
        ({"body": [{"type": "Table"}]}, "$.body[0]: Webex does not draw Table"),
        ({"body": [{"type": "Image", "url": "javascript:alert(1)"}]}, "$.body[0].url: must be"),
        ({"body": [{"type": "Image", "url": "${scheme}://x"}]}, "$.body[0].url: must be"),
        ({"body": [{"$if": "${x}"}]}, "$.body[0].$if: only $data and $when are known"),
        ({"actions": [{"type": "Action.Submit"}]}, "None is not one of say"),
        ({"actions": [SUBMIT | {"data": {"action": "hack", "say": "x"}}]}, "'hack' is not one of"),
        ({"actions": [SUBMIT | {"data": {"action": "say"}}]}, "the words that do the same"),
    ],
)
def test_each_fault_is_named_with_its_place(changes: dict[str, object], fault: str) -> None:
    assert any(fault in one for one in found(**changes))


@pytest.mark.parametrize("url", ["https://webex.com", "${link}"])
def test_a_web_address_or_a_slot_may_be_linked_to(url: str) -> None:
    assert found(body=[{"type": "Image", "url": url}]) == []


def test_no_object_is_no_card() -> None:
    assert list(faults([], actions=set())) == ["$: a card is a JSON object"]


def test_buttons_are_counted_wherever_they_stand() -> None:
    shown = {"type": "Action.ShowCard", "card": {"type": "AdaptiveCard", "actions": [SUBMIT]}}
    assert count_actions({"body": [{"items": [SUBMIT]}], "actions": [shown]}) == 3
