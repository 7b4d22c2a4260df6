"""Makes a value from outside harmless to show: words stay words, whatever they hold.

A display name or a reason may hold Markdown, a mention or a date macro. Webex clients differ in
how they read backslashes, so nothing is escaped with them: what could mark something up is swapped
for a sign that looks the same and means nothing.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 600
"""Longer than any sentence of ours; a card must stay small whatever people are called."""
_LOOK_ALIKES = str.maketrans(
    {"*": "∗", "`": "ˋ", "~": "∼", "<": "‹", ">": "›", "\\": "∖", "|": "¦"}  # noqa: RUF001 - the point
)
_MARKS_AT_START = re.compile(r"(?:[-+#=•]|\d+(?:[.)]|$))")
_UNDERSCORES_AT_AN_EDGE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_CODE = re.compile(r"`([^`]*)`")
_INVISIBLE = "\u200b"
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
"""Of HTML, which markdown turns into the sign it stands for: a colon or a bracket, for instance."""


def plain(value: str) -> str:
    """Show a value as nothing but words: no link, no emphasis, no list, no mention, no macro."""
    words = " ".join(_visible(value).split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1]}…"
    words = (
        _CODE.sub(r"“\1”", words).translate(_LOOK_ALIKES).replace("](", "] (").replace("][", "] [")
    )
    words = words.replace("{{", "{ {").replace("}}", "} }").replace("://", f":{_INVISIBLE}//")
    words = _ENTITY.sub(f"&{_INVISIBLE}", words)
    words = _UNDERSCORES_AT_AN_EDGE.sub(lambda found: "ˍ" * len(found[0]), words)
    return f"{_INVISIBLE}{words}" if _MARKS_AT_START.match(words) else words


def _visible(value: str) -> str:
    """Drop what one cannot see, above all the marks that turn the reading direction around."""
    return "".join(
        " " if sign.isspace() else sign
        for sign in value
        if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
