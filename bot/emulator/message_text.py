"""Turns what a bot or a person wrote into the text and HTML that Webex stores.

Markdown is the limited kind that Webex knows: raw HTML and pictures stay text. A mention is
`<@personEmail:ana@example.com|Ana>`, `<@personId:...|Ana>` or `<@all>`, and becomes the
`<spark-mention>` element that clients and bots read (REST basics page, "Formatting Messages").
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.emulator.errors import WebexError
from bot.emulator.records import Account, Content

MAX_BYTES = 7439  # of text and of markdown each, counted as UTF-8
MENTION = re.compile(r"<@(?:(personEmail|personId):([^|<>]+)(?:\|([^<>]*))?|(all))>")
MENTION_OF_ALL = (
    '<spark-mention data-object-type="groupMention" data-group-type="all">All</spark-mention>'
)


@dataclass
class _Mentions:
    """The people who can be mentioned here, and those who were."""

    people: Mapping[str, Account]
    mentioned: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def check_length(name: str, value: str | None) -> None:
    """Refuse a text that is longer than Webex allows."""
    size = len((value or "").encode())
    if size > MAX_BYTES:
        raise WebexError(400, f"{name} is {size} bytes long; at most {MAX_BYTES} are allowed.")


def from_markdown(markdown: str, text: str | None, members: Sequence[Account]) -> Content:
    """Return the stored form of a markdown message in a room with these members."""
    people = {account.id: account for account in members}
    people |= {account.email: account for account in members}
    mentions = _Mentions(people)
    rendered = _renderer().render(markdown, {"mentions": mentions}).strip()
    return Content(
        text=text or _plain(rendered),
        markdown=markdown,
        html=rendered,
        mentioned_people=tuple(dict.fromkeys(mentions.mentioned)),
        mentioned_groups=tuple(dict.fromkeys(mentions.groups)),
    )


def as_typed(text: str, members: Sequence[Account]) -> Content:
    """Return what a client stores when a person types, `@Name` being a real mention."""
    longest_first = sorted(members, key=lambda account: len(account.display_name), reverse=True)
    by_name = {account.display_name.lower(): account for account in longest_first}
    names = "|".join(re.escape(account.display_name) for account in longest_first)
    found = re.compile(rf"(?<!\w)@({names})(?!\w)", re.IGNORECASE) if names else None
    if found is None or not found.search(text):
        return Content(text=text)
    pieces = found.split(text)
    mentioned = [by_name[name.lower()] for name in pieces[1::2]]
    written = [html.escape(piece, quote=False).replace("\n", "<br>") for piece in pieces[::2]]
    tags = [*(_mention_tag(account.id, account.display_name) for account in mentioned), ""]
    body = "".join(piece + tag for piece, tag in zip(written, tags, strict=True))
    return Content(
        text=found.sub(lambda match: by_name[match[1].lower()].display_name, text),
        html=f"<p>{body}</p>",
        mentioned_people=tuple(dict.fromkeys(account.id for account in mentioned)),
    )


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline"])
    renderer.inline.ruler.before("autolink", "webex_mention", _read_mention)
    renderer.add_render_rule("webex_mention", _write_mention)
    return renderer


def _read_mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it
    match = MENTION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("webex_mention", "", 0)
        token.meta = {"match": match}
    state.pos = match.end()
    return True


def _write_mention(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _: OptionsDict, env: EnvType
) -> str:
    match, mentions = tokens[place].meta["match"], env["mentions"]
    _kind, who, label, everybody = match.groups()
    if everybody:
        mentions.groups.append("all")
        return MENTION_OF_ALL
    account = mentions.people.get(who) or mentions.people.get(who.lower())
    if account is None:
        return html.escape(label or who)
    mentions.mentioned.append(account.id)
    return _mention_tag(account.id, label or account.display_name)


def _mention_tag(person_id: str, name: str) -> str:
    return (
        f'<spark-mention data-object-type="person" data-object-id="{html.escape(person_id)}">'
        f"{html.escape(name)}</spark-mention>"
    )


class _PlainText(HTMLParser):
    """Collects the words of our own HTML, one line per block."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.words.append("- ")


def _plain(rendered: str) -> str:
    parser = _PlainText()
    parser.feed(rendered)
    parser.close()
    return "".join(parser.words).strip()
