import base64

import pytest

from bot.chat.mention import without_mention
from bot.core.events import Spoken

BARE = "6f3d1c2a-0000-4000-8000-000000000001"
BOT_ID = base64.urlsafe_b64encode(f"ciscospark://us/PEOPLE/{BARE}".encode()).decode().rstrip("=")


def heard(text: str, html: str = "") -> str:
    spoken = Spoken("m", "r", False, "p", "p@example.com", text, html)
    return without_mention(spoken, BOT_ID)


def mention(person_id: str = BOT_ID, name: str = "Consentry") -> str:
    tag = "spark-mention"
    return f'<{tag} data-object-type="person" data-object-id="{person_id}">{name}</{tag}>'


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f"<p>{mention()} status</p>", "status"),
        (f"<p>{mention(BARE)} status</p>", "status"),
        (f"<p>{mention(name='Con')}, status</p>", "status"),
        (f"{mention()}: connect  calling", "connect calling"),
        (f"<p>connect {mention()} calling</p>", "connect calling"),
        (f"<p>{mention()}</p><p>scopes</p><p>calls</p>", "scopes\ncalls"),
        (f"<p>{mention()} scopes</p>\n<ul><li>a</li><li>b  c</li></ul>", "scopes\na\nb c"),
        (f"{mention()}<br>help", "help"),
        (f"<p>{mention()} scopes a &amp; b &lt;c&gt;</p>", "scopes a & b <c>"),
        (
            f"<p>{mention()} scopes <strong>spark:</strong>people_read</p>",
            "scopes spark:people_read",
        ),
        (f"<p>{mention()} ask {mention('other-id', 'Sam')}</p>", "ask Sam"),
        (f"<p>{mention('other-id', 'Consentry')} help</p>", "Consentry help"),
        (f"<p>{mention()}</p>", ""),
        ("<p>help</p>", "help"),
    ],
)
def test_only_the_mention_of_this_bot_is_left_out(html: str, words: str) -> None:
    assert heard("whatever the text says", html) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("  help \n\n  me \t too", "help\nme too"), ("a &amp; b", "a &amp; b"), ("", "")],
)
def test_without_html_the_text_is_what_was_said(text: str, words: str) -> None:
    assert heard(text) == words


def test_torn_html_is_no_reason_to_fall() -> None:
    assert heard("", "<p><spark-mention data-object-id>x</p> <b>help") == "x help"
