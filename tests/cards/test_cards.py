import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft6Validator
from markdown_it import MarkdownIt

from bot.chat.card_rules import parts
from bot.chat.cards import CardBook, find_directory
from bot.chat.fallback import LONGEST, as_markdown
from bot.chat.repertoire import router
from bot.chat.wish import MOST_CARRIED
from bot.core.messages import Card

CARDS = Path(__file__).parents[2] / "cards"
NAMES = sorted(path.stem for path in CARDS.glob("*.json"))
SAMPLES = {path.stem: json.loads(path.read_text()) for path in CARDS.glob("samples/*.json")}
BOOK = CardBook(find_directory(), actions=router().actions)
MOST_BYTES = 20_000
OURS = {"link", "slug", "neighbours", "reads", "changes", "dangers", "whose", "cannot"}
"""What a card is given that nobody outside can choose."""
CARRIED = {"tasks", "aside", "asked", "say"}
"""What a button brings back; the first two share what a wish may carry."""
MARKDOWN = MarkdownIt().enable("strikethrough")
HOSTILE = [
    "[Approve](https://evil.example)",
    "https://evil.example",
    "**bold** _sly_ `code`",
    "a\n\n# b\n- c",
    "<@all> <b>x</b>",
    "{{DATE(2026-01-01T00:00:00Z)}} ${name}",
    '", "type": "Image", "url": "https://evil.example',
    "\u202egnp.exe",
    "x" * 5000,
]
PARTS = st.sampled_from(
    [*HOSTILE[:-1], "](", "[", "*", "_", "\\", "\n", "<", "{{", "a", " ", "1. "]
)
ANY_WORDS = st.lists(PARTS, min_size=1).map("".join) | st.text(min_size=1)


def test_every_card_has_a_sample_and_every_sample_its_card() -> None:
    assert NAMES
    assert sorted(SAMPLES) == NAMES == sorted(BOOK)


@pytest.mark.parametrize("name", NAMES)
def test_a_filled_card_is_valid_adaptive_card_json(name: str) -> None:
    schema = resources.files("adaptive_cards").joinpath("schemas/schema-1.3.json").read_text()
    validator = Draft6Validator(json.loads(schema))
    assert [error.message for error in validator.iter_errors(filled(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_card_stays_small_whatever_it_is_given(name: str) -> None:
    sizes = [len(json.dumps(filled(name, word)).encode()) for word in HOSTILE]
    assert max(sizes) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None)
@given(word=ANY_WORDS)
def test_no_value_changes_the_structure_or_becomes_a_link(name: str, word: str) -> None:
    harmless, hostile = filled(name, "harmless"), filled(name, word)
    assert structure(hostile) == structure(harmless)
    assert links(as_markdown(hostile)) == links(as_markdown(harmless))
    assert marks(shown(hostile)) <= marks(["harmless", *shown(harmless)])


@pytest.mark.parametrize("name", NAMES)
def test_the_fallback_says_every_word_of_the_card_and_holds_every_link(name: str) -> None:
    card = filled(name)
    markdown = as_markdown(card)
    assert len(markdown.encode()) <= LONGEST
    for text in shown(card):
        assert text in markdown
    for _, part in parts(card):
        if part.get("type") == "Action.OpenUrl":
            assert f"]({part['url']})" in markdown


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_every_button_are_understood(name: str) -> None:
    commands = {command.name for command in router().commands}
    for _, part in parts(filled(name)):
        if part.get("type") == "Action.Submit":
            data = part["data"]
            assert isinstance(data, dict)
            assert str(data["say"]).split()[0] in commands


def filled(name: str, word: str | None = None) -> Card:
    return BOOK.bind(name, _with(SAMPLES[name], word))


def _with(facts: Mapping[str, object], word: str | None) -> dict[str, object]:
    """Put a word into every place of a sample where a value from outside could stand."""
    return {key: _changed(key, value, word) for key, value in facts.items()}


def _changed(key: str, value: object, word: str | None) -> object:
    if key in OURS or key.endswith("colour"):
        return value
    if isinstance(value, dict):
        return _with(value, word)
    if isinstance(value, list):
        return [_changed(key, item, word) for item in value]
    if word is None or not isinstance(value, str):
        return value
    return word[: MOST_CARRIED // 2] if key in CARRIED else word


def structure(node: object, key: str = "") -> object:
    """Reduce a card to all but the words that are shown or sent back."""
    if isinstance(node, dict):
        if key == "data":
            return {name: value if name == "action" else "…" for name, value in node.items()}
        return {name: structure(value, name) for name, value in node.items()}
    if isinstance(node, list):
        return [structure(item) for item in node]
    return "…" if key in {"text", "title", "value", "label"} else node


def shown(card: Card) -> Iterator[str]:
    for _, part in parts(card):
        for key in ("text", "title", "value", "label"):
            if key in part and part.get("type") != "Action.OpenUrl":
                yield str(part[key])


def marks(texts: Iterable[str]) -> set[str]:
    """Name the kinds of markup in some texts."""
    tokens = [token for text in texts for token in MARKDOWN.parse(text)]
    kinds = {token.type for token in tokens}
    return kinds | {child.type for token in tokens for child in token.children or []}


def links(markdown: str) -> list[str]:
    tokens = MARKDOWN.parse(markdown)
    children = [child for token in tokens for child in token.children or []]
    return [str(child.attrs["href"]) for child in children if child.type == "link_open"]
