import pytest

from bot.chat.fallback import LONGEST, as_markdown
from bot.core.messages import Card

SUBMIT = {
    "type": "Action.Submit",
    "title": "Go",
    "data": {"action": "say", "say": "connect calling"},
}
LINK = {"type": "Action.OpenUrl", "title": "Open [it]", "url": "https://x.example/a(b)?c=d"}


def text(words: str, **how: object) -> dict[str, object]:
    return {"type": "TextBlock", "text": words, **how}


def said(*body: object, actions: list[object] | None = None) -> str:
    card: Card = {"type": "AdaptiveCard", "body": list(body), "actions": actions or []}
    return as_markdown(card)


@pytest.mark.parametrize(
    ("element", "markdown"),
    [
        (text("Plain"), "Plain"),
        (text("Loud", weight="Bolder"), "**Loud**"),
        (text("Say **x**", weight="Bolder"), "Say **x**"),
        ({"type": "RichTextBlock", "inlines": ["a ", {"type": "TextRun", "text": "b"}]}, "a b"),
        ({"type": "FactSet", "facts": [{"title": "A", "value": "1"}]}, "- **A** 1"),
        ({"type": "Container", "items": [text("a"), text("b")]}, "a\n\nb"),
        (
            {"type": "ColumnSet", "columns": [{"items": [text("a")]}, {"items": [text("b")]}]},
            "a · b",
        ),
        ({"type": "Input.Text", "id": "w", "label": "What?"}, "What?"),
        ({"type": "Image", "url": "https://x.example", "altText": "A map"}, "A map"),
        ({"type": "Unheard"}, ""),
        ({"type": "ActionSet", "actions": [{"type": "Action.ToggleVisibility"}]}, ""),
    ],
)
def test_each_element_has_its_words(element: object, markdown: str) -> None:
    assert said(element) == markdown


def test_a_link_stays_a_link() -> None:
    assert said(actions=[LINK]) == "- [Open (it)](https://x.example/a%28b%29?c=d)"


def test_a_button_becomes_the_words_to_type() -> None:
    assert said(actions=[SUBMIT]) == "- Go: type **connect calling**"


def test_the_words_to_type_are_made_harmless() -> None:
    hostile = SUBMIT | {"data": {"action": "say", "say": "<@all> **x**"}}
    assert said(actions=[hostile]) == "- Go: type **\u2039@all\u203a \u2217\u2217x\u2217\u2217**"


def test_buttons_inside_the_body_are_told_of_too() -> None:
    inside = {"type": "Container", "items": [{"type": "ActionSet", "actions": [SUBMIT]}]}
    assert said(text("a"), inside) == "a\n\n- Go: type **connect calling**"


def test_what_a_button_unfolds_is_said() -> None:
    more = {"type": "AdaptiveCard", "body": [text("More")], "actions": [LINK]}
    shown = said(actions=[{"type": "Action.ShowCard", "title": "Details", "card": more}])
    assert shown.startswith("- Details: More\n- [Open (it)]")


def test_what_is_too_long_is_cut_at_a_sentence_and_keeps_its_links() -> None:
    long = said(*[text("Ärger gibt es überall. ") for _ in range(500)], actions=[LINK])
    assert len(long.encode()) <= LONGEST
    body, note, link = long.rsplit("\n\n", 2)
    assert body.endswith(".")
    assert note.startswith("… The card says more")
    assert link == "- [Open (it)](https://x.example/a%28b%29?c=d)"


def test_one_endless_word_is_cut_as_well() -> None:
    assert len(said(text("x" * 20_000)).encode()) <= LONGEST


def test_a_card_that_says_nothing_is_an_empty_text() -> None:
    assert as_markdown({"type": "AdaptiveCard"}) == ""
