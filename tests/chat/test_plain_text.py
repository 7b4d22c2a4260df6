import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.catalogue.scopes import Catalogue
from bot.chat.plain_text import plain

MARKS = [
    "[",
    "](",
    ")",
    "**",
    "__",
    "_",
    "*",
    "`",
    "~~",
    "<",
    ">",
    "!",
    "\\",
    "\n",
    "- ",
    "# ",
    "1. ",
]
MARKS += [
    "{{DATE(2026-01-01)}}",
    "https://evil.example",
    "<@all>",
    "&lt;",
    "|",
    "a",
    " ",
    "> ",
    "\u202e",
]
HOSTILE = st.lists(st.sampled_from(MARKS)).map("".join) | st.text()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("  two\n lines\t", "two lines"),
        ("[Approve](https://evil.example)", "[Approve] (https:\u200b//evil.example)"),
        ("**bold**", "\u2217\u2217bold\u2217\u2217"),
        ("_sly_", "ˍslyˍ"),
        ("spark-admin:people_read", "spark-admin:people_read"),
        ("<@all>", "\u2039@all\u203a"),
        ("say `status` now", "say “status” now"),
        ("{{DATE(2026)}}", "{ {DATE(2026)} }"),
        ("1. first", "\u200b1. first"),
        ("- item", "\u200b- item"),
        ("14 days", "14 days"),
        ("right\u202eleft\u200b", "rightleft"),
        ("", ""),
    ],
)
def test_a_value_is_shown_as_nothing_but_words(value: str, shown: str) -> None:
    assert plain(value) == shown


@given(HOSTILE)
def test_no_value_marks_anything_up(value: str) -> None:
    tokens = MarkdownIt().enable("strikethrough").parse(plain(value))
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text"}


@given(HOSTILE)
def test_no_value_holds_a_line_break_a_macro_or_a_mention(value: str) -> None:
    shown = plain(value)
    assert not any(part in shown for part in ("\n", "{{", "}}", "<@", "://"))


@given(HOSTILE)
def test_what_is_harmless_is_left_alone(value: str) -> None:
    assert plain(plain(value)) == plain(value)


def test_a_long_value_is_cut() -> None:
    assert len(plain("x" * 10_000)) == 600


def test_what_the_catalogue_says_is_shown_as_it_stands() -> None:
    for scope in Catalogue.load():
        for text in (scope.name, scope.explains, scope.does_not, scope.why):
            assert plain(text) == text


@pytest.mark.parametrize("entity", ["&colon;", "&#58;", "&#x3a;", "&lt;"])
def test_an_entity_stays_what_it_is(entity: str) -> None:
    assert entity not in plain(f"https{entity}//evil.example")
    assert plain("R&D; AT&T & co") == "R&D; AT&T & co".replace("&D;", "&\u200bD;")
