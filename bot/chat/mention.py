"""What was said to the bot, without the mention of the bot itself.

In a space a message begins with a mention, which Webex writes into the HTML with the id of whom it
means. Only that id tells who is meant: a name may be shortened, translated or shared.
"""

from __future__ import annotations

from html.parser import HTMLParser

from bot.core.events import Spoken
from bot.core.people import is_same_id

_MENTION = "spark-mention"
_AFTER_A_MENTION = " ,:;"
_BREAKS = frozenset({"br", "div", "li", "p", "blockquote", "h1", "h2", "h3", "ol", "ul"})


def without_mention(spoken: Spoken, bot_id: str) -> str:
    """Give the words of a message, line by line, without mentions of this bot.

    White space within a line is folded, and empty lines are dropped.
    """
    if not spoken.html:
        return _folded(spoken.text)
    words = _Words(bot_id)
    words.feed(spoken.html)
    words.close()
    return _folded("".join(words.heard)).lstrip(_AFTER_A_MENTION)


def _folded(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects the words of a message and leaves out mentions of one person."""

    def __init__(self, bot_id: str) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._bot_id = bot_id
        self._is_about_the_bot = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _MENTION:
            mentioned = dict(attrs).get("data-object-id") or ""
            self._is_about_the_bot = is_same_id(mentioned, self._bot_id)
        elif tag in _BREAKS:
            self.heard.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == _MENTION:
            self._is_about_the_bot = False

    def handle_data(self, data: str) -> None:
        if not self._is_about_the_bot:
            self.heard.append(data)
