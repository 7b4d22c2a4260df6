"""Says in Markdown what a filled card says, with the same links.

Notifications, older clients and screen readers show this text instead of the card. A button that
sends something becomes the words to type, so nobody is shut out who cannot press it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

from bot.chat.plain_text import plain
from bot.core.messages import Card

LONGEST = 7000
"""In bytes; Webex takes 7,439 (its REST reference, Create a Message)."""
_CUT = "\n\n… The card says more than fits into this text."
_SENTENCE_ENDS = (". ", "\n", "! ", "? ")
_SAFE_IN_A_LINK = ":/?#@!$&'*+,;=%~-._"

Part = Mapping[str, object]


def as_markdown(card: Card) -> str:
    """Write a filled card as Markdown; what is too long is cut at a sentence, never a link."""
    said = "\n\n".join(_said(card.get("body")))
    offered = "\n".join(f"- {line}" for line in _offered(card))
    room = LONGEST - len(offered.encode()) - len("\n\n")
    return "\n\n".join(text for text in (_shortened(said, room), offered) if text)


def _shortened(text: str, room: int) -> str:
    if len(text.encode()) <= room:
        return text
    kept = text.encode()[: room - len(_CUT.encode())].decode(errors="ignore")
    end = max(kept.rfind(mark) + 1 for mark in _SENTENCE_ENDS)
    return f"{kept[: end or len(kept)].rstrip()}{_CUT}"


def _said(nodes: object) -> Iterator[str]:
    """Give one paragraph for each element that says something."""
    for part in _dicts(nodes):
        say = _PARAGRAPHS.get(str(part.get("type")))
        if say:
            yield from (text for text in say(part) if text)


def _text_block(part: Part) -> Iterable[str]:
    text = str(part.get("text", ""))
    yield f"**{text}**" if part.get("weight") == "Bolder" and text and "**" not in text else text


def _rich_text(part: Part) -> Iterable[str]:
    inlines = part.get("inlines")
    runs = inlines if isinstance(inlines, list) else []
    yield "".join(str(run.get("text", "")) if isinstance(run, dict) else str(run) for run in runs)


def _fact_set(part: Part) -> Iterable[str]:
    facts = _dicts(part.get("facts"))
    yield "\n".join(f"- **{fact.get('title', '')}** {fact.get('value', '')}" for fact in facts)


def _columns(part: Part) -> Iterable[str]:
    """Put what stands side by side into one line."""
    yield " · ".join(text for column in _dicts(part.get("columns")) for text in _items(column))


def _items(part: Part) -> Iterable[str]:
    yield from _said(part.get("items"))


def _input(part: Part) -> Iterable[str]:
    yield str(part.get("label") or part.get("placeholder") or "")


def _image(part: Part) -> Iterable[str]:
    yield str(part.get("altText", ""))


_PARAGRAPHS: Mapping[str, Callable[[Part], Iterable[str]]] = {
    "TextBlock": _text_block,
    "RichTextBlock": _rich_text,
    "FactSet": _fact_set,
    "ColumnSet": _columns,
    "Container": _items,
    "Input.Text": _input,
    "Input.ChoiceSet": _input,
    "Image": _image,
}


def _offered(node: object) -> Iterator[str]:
    """Give one line for each button, wherever it stands, and what a press opens or says."""
    if isinstance(node, list):
        for item in node:
            yield from _offered(item)
    elif isinstance(node, dict):
        yield from _button(node)
        for key, value in node.items():
            if key not in {"data", "card"}:
                yield from _offered(value)


def _button(part: Part) -> Iterator[str]:
    title, data, shown = part.get("title"), part.get("data"), part.get("card")
    if part.get("type") == "Action.OpenUrl":
        name = str(title or "Open").replace("[", "(").replace("]", ")")
        yield f"[{name}]({quote(str(part.get('url')), safe=_SAFE_IN_A_LINK)})"
    elif part.get("type") == "Action.Submit" and isinstance(data, dict):
        yield f"{title}: type **{plain(str(data.get('say')))}**"
    elif part.get("type") == "Action.ShowCard" and isinstance(shown, dict):
        yield from (f"{title}: {text}" for text in _said(shown.get("body")))
        yield from _offered(shown)


def _dicts(nodes: object) -> Iterator[Part]:
    if isinstance(nodes, list):
        yield from (node for node in nodes if isinstance(node, dict))
