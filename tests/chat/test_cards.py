import json
from pathlib import Path

import pytest

from bot.chat.cards import CardBook, CardsBroken, find_directory
from bot.core.messages import to_room


def book(folder: Path, **cards: object) -> CardBook:
    for name, card in cards.items():
        text = card if isinstance(card, str) else json.dumps(card)
        (folder / f"{name}.json").write_text(text)
    return CardBook(folder, actions={"say"})


def test_the_cards_of_this_checkout_are_found() -> None:
    assert (find_directory() / "help.json").is_file()


def test_all_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    good = {"type": "AdaptiveCard", "version": "1.3", "body": []}
    with pytest.raises(CardsBroken) as broken:
        book(tmp_path, good=good, old=good | {"version": "1.0"}, torn="{", list="[]")
    message = broken.value.message
    assert "old.json: version" in message
    assert "torn.json: type" in message
    assert "list.json: type" in message
    assert "good.json" not in message


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CardsBroken, match="there is no card"):
        book(tmp_path)


def test_a_message_says_the_same_twice(tmp_path: Path) -> None:
    text = {"type": "TextBlock", "text": "Hello ${name}"}
    cards = book(tmp_path, hello={"type": "AdaptiveCard", "version": "1.3", "body": [text]})
    message = cards.message(to_room("r"), "hello", {"name": "Ana"})
    assert message.markdown == "Hello Ana"
    assert message.card == cards.bind("hello", {"name": "Ana"})


def test_a_card_that_does_not_exist_is_named(tmp_path: Path) -> None:
    cards = book(tmp_path, hello={"type": "AdaptiveCard", "version": "1.3"})
    with pytest.raises(CardsBroken, match="no card 'hullo'"):
        cards.bind("hullo", {})


def test_a_list_may_not_grow_more_buttons_than_webex_draws(tmp_path: Path) -> None:
    button = {"$data": "${rows}", "type": "Action.Submit", "data": {"action": "say", "say": "help"}}
    card = {"type": "AdaptiveCard", "version": "1.3", "actions": [button]}
    cards = book(tmp_path, many=card)
    assert cards.bind("many", {"rows": [1] * 5})
    with pytest.raises(CardsBroken, match="more than 5 buttons"):
        cards.bind("many", {"rows": [1] * 6})
