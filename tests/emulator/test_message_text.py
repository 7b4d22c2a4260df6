from datetime import UTC, datetime

import pytest

from bot.emulator.errors import WebexError
from bot.emulator.message_text import MAX_BYTES, as_typed, check_length, from_markdown
from bot.emulator.records import Account

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ANA = Account("ANA", "ana@clinic.example", "Ana Ruiz", "org", "person", NOW)
ANABEL = Account("ANABEL", "anabel@clinic.example", "Ana", "org", "person", NOW)
MEMBERS = [ANABEL, ANA]
MENTION = '<spark-mention data-object-type="person" data-object-id="ANA">{}</spark-mention>'


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("**bold** and _thin_", "<p><strong>bold</strong> and <em>thin</em></p>", "bold and thin"),
        ("[a](https://x.example)", '<p><a href="https://x.example">a</a></p>', "a"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b"),
        ("a  \nb", "<p>a<br />\nb</p>", "a\nb"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>", "a\nb"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    ],
)
def test_markdown_becomes_html_and_text(markdown: str, html: str, text: str) -> None:
    content = from_markdown(markdown, None, MEMBERS)
    assert (content.html, content.text, content.markdown) == (html, text, markdown)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://x.example/a.png)",
        "<@personEmail:ana@clinic.example|<img src=x>>",
        '<spark-mention data-object-id="ANA">x</spark-mention>',
    ],
)
def test_nothing_hostile_becomes_a_tag(hostile: str) -> None:
    html = from_markdown(hostile, None, MEMBERS).html or ""
    for tag in ("<script", "<img", 'javascript:alert(1)"', "<spark-mention data-object-id"):
        assert tag not in html


@pytest.mark.parametrize(
    ("mention", "label"),
    [
        ("<@personEmail:ana@clinic.example|Ann>", "Ann"),
        ("<@personEmail:ANA@clinic.example>", "Ana Ruiz"),
        ("<@personId:ANA|A & B>", "A &amp; B"),
    ],
)
def test_a_mention_of_a_member_becomes_an_element(mention: str, label: str) -> None:
    content = from_markdown(f"Hi {mention}!", None, MEMBERS)
    assert content.html == f"<p>Hi {MENTION.format(label)}!</p>"
    assert content.mentioned_people == ("ANA",)


def test_a_mention_of_somebody_else_is_only_a_name() -> None:
    content = from_markdown("Hi <@personEmail:eve@else.example|Eve>", None, MEMBERS)
    assert content.html == "<p>Hi Eve</p>"
    assert content.mentioned_people == ()


def test_everybody_can_be_mentioned() -> None:
    content = from_markdown("<@all> look", None, MEMBERS)
    assert content.mentioned_groups == ("all",)
    assert content.text == "All look"


def test_given_text_stands_beside_markdown() -> None:
    assert from_markdown("**a**", "plain a", MEMBERS).text == "plain a"


def test_what_a_person_types_is_taken_literally() -> None:
    content = as_typed("**a** <b> [x](https://x.example)", MEMBERS)
    assert (content.text, content.html) == ("**a** <b> [x](https://x.example)", None)


def test_a_typed_mention_takes_the_longest_name() -> None:
    content = as_typed("@ana ruiz hi <b>\n& @Ana", MEMBERS)
    assert content.text == "Ana Ruiz hi <b>\n& Ana"
    assert content.mentioned_people == ("ANA", "ANABEL")
    assert (content.html or "").startswith(
        f"<p>{MENTION.format('Ana Ruiz')} hi &lt;b&gt;<br>&amp; "
    )


@pytest.mark.parametrize("text", ["mail ana@Ana", "@Anatole", "@nobody"])
def test_what_only_looks_like_a_mention_is_none(text: str) -> None:
    assert as_typed(text, MEMBERS).mentioned_people == ()


def test_length_is_counted_in_bytes() -> None:
    check_length("text", "a" * MAX_BYTES)
    with pytest.raises(WebexError, match="7440"):
        check_length("text", "ä" * (MAX_BYTES // 2 + 1))
