"""Cuts what somebody writes into the tasks that it holds, for people write several in one message.

Lines, semicolons and list marks always part. “And”, “then”, commas and full stops part only where a
task begins behind them, so that “name, title and department” stays whole. Nothing here knows what
Webex can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.catalogue.advising.task_verbs import begins_with_verb, first_words, is_verb

_LOOKED_AT = 160
"""So many characters behind a joint tell whether a task begins there."""

_WHOLE = re.compile(
    r"\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»|`[^`\n]*`|(?<!\w)'[^'\n]*'(?!\w)"
    r"|https?://\S*[^\s.,;]|(?<!\S)/\S*[^\s.,;]"
)
_CONTINUED = re.compile(r"\\[ \t\r]*\n\s*")
_BULLET = re.compile(r"\s*([-*•–—+▪◦])\s+")
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s+")
_HEADING = re.compile(
    r"(?:i|we|my|our|the|an?|it|what|which|this|these|please|tasks?|things?|todo|to do)\b"
    r"[^:/\"“]{0,80}?(?:\b(?:to|can|must|need|needs|shall|should|want|wants|will|do|does"
    r"|following|these|this|tasks?|things?|steps?))?:\s+",
    re.IGNORECASE,
)
_LINK = r"(?:and|&|plus|then|also|after that|after this|afterwards|finally|next|lastly)\b"
_JOINT = re.compile(
    rf"(?:[.!?]+\s+|\s*,\s*|\s+)(?:(?:{_LINK}|&),?\s+)+|(?<!e\.g)(?<!i\.e)[.!?]+\s+|,\s+|\s+or\s+|(?<=\w)/(?=\w)",
    re.IGNORECASE,
)
_NEEDS_A_BARE_VERB = re.compile(r"\s+or\s+|/", re.IGNORECASE)
_STRONG = re.compile(r"[.!?]|\bthen\b|\bafter", re.IGNORECASE)

_POLITE = (
    r"(?:please|pls|kindly|also|first|next|then|finally|and|to|just|automatically)\b,?\s+"
    r"|(?:can|could|would|will)\s+(?:you|we|i|it)\s+(?:please\s+)?"
    r"|(?:i|we|it|they|you|users|people|agents|admins)(?:['’]d)?\s+"
    r"(?:also\s+)?(?:(?:want|wants|need|needs|like|have|has|wish|would like)\s+(?:it\s+)?to"
    r"|can|must|should|shall|will)\s+(?:also\s+|be able to\s+)?"
)
_WORDY = (
    r"|(?:i|we|it|my|our|the|an?|this|what|which|how)\b[^.;:,]{0,60}?"
    r"\b(?:to|can|must|should|shall|will|that|which)\s+"
)
_BEFORE_A_TASK = re.compile(_POLITE, re.IGNORECASE)
_BEFORE_THE_FIRST = re.compile(_POLITE + _WORDY, re.IGNORECASE)
_CIRCUMSTANCE = re.compile(r"(?:every|each|once|(?:for|at|on|in)\s+\w+)\s+", re.IGNORECASE)
_LONGEST_CIRCUMSTANCE = 4
"""In words behind the first: “in the whole organisation”, “every Monday morning”."""
_BOUND = re.compile(
    r"\b(?:so that|so i can|so we can|in order to|because|(?:who|people|users|they) (?:can|may)"
    r"|(?:allowed|permission|right|rights) to)\b",
    re.IGNORECASE,
)
_EDGES = " \t,.;:!&•"


def tasks_in(text: str) -> tuple[str, ...]:
    """Give the single tasks of a message in its order, each once and in its own words."""
    lines = [line.strip() for line in _CONTINUED.sub(" ", text).splitlines() if line.strip()]
    spoken = [line for line in lines if not (len(lines) > 1 and _is_heading(line))]
    pieces = (piece for line in spoken for item in _items(line) for piece in _parted(item))
    tasks = (" ".join(piece.split()).strip(_EDGES) for piece in pieces)
    return tuple(dict.fromkeys(task for task in tasks if any(map(str.isalpha, task))))


def _is_heading(line: str) -> bool:
    return line.endswith(":") and not _begins(line, _BEFORE_THE_FIRST)


def _items(line: str) -> Iterator[str]:
    """Cut a line at its semicolons, and at its list marks when it begins with one."""
    line = _HEADING.sub("", line, count=1) if _HEADING.match(line) else line
    cuts = [0, *_list_marks(line), len(line)]
    for start, end in pairwise(cuts):
        item = _NUMBER.sub("", _BULLET.sub("", line[start:end], count=1), count=1)
        item = item if _begins_a_list(line[start:end]) else line[start:end]
        yield from _slices(item, [mark.span() for mark in re.finditer(";", _masked(item))])


def _begins_a_list(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def _list_marks(line: str) -> Iterator[int]:
    """Find where the further items of a list within one line begin; numbers have to follow on."""
    masked, bullet, number = _masked(line), _BULLET.match(line), _NUMBER.match(line)
    if bullet:
        yield from (
            mark.start()
            for mark in re.finditer(rf"\s{re.escape(bullet[1])}\s", masked)
            if mark.start() >= bullet.end()
        )
    expected, place = int(number[1]) + 1 if number else 0, number.end() if number else 0
    while number and (mark := re.compile(rf"\s\(?{expected}[.)]\s").search(masked, place)):
        yield mark.start()
        expected, place = expected + 1, mark.end()


def _parted(item: str) -> Iterator[str]:
    """Cut an item where another task begins; several verbs with one object each get it."""
    whole, about = [], ""
    for piece in reversed([*_slices(item, _cuts(_masked(item)))]):
        is_bare = _is_bare(piece)
        about = about if is_bare else _object(piece)
        whole.append(f"{piece} {about}" if is_bare else piece)
    return reversed(whole)


def _cuts(text: str) -> list[tuple[int, int]]:
    """Find the joints behind which a new task begins, where there is one before them, too."""
    cuts, start, has_task = [], 0, _has_verb(text)
    for joint in _JOINT.finditer(text):
        before, behind = text[start : joint.start()], text[joint.end() :][:_LOOKED_AT]
        if _parts(joint[0], before, behind):
            if has_task:
                cuts.append(joint.span())
                start = joint.end()
            has_task = True
    return cuts


def _parts(joint: str, before: str, behind: str) -> bool:
    if _is_bare(before):
        return is_verb(first_words(behind)[0])
    if _NEEDS_A_BARE_VERB.fullmatch(joint) or not _begins(behind, _BEFORE_A_TASK):
        return False
    return bool(_STRONG.search(joint)) or not _BOUND.search(before)


def _has_verb(text: str) -> bool:
    """Tell whether a verb stands at the start of a text, or behind the words before the first."""
    starts = _without(_BEFORE_THE_FIRST, text.lstrip())
    return any(begins_with_verb(rest) or is_verb(first_words(rest)[0]) for rest in starts)


def _begins(text: str, lead_in: re.Pattern[str]) -> bool:
    """Tell whether a text begins a task, with or without words before its verb."""
    return any(begins_with_verb(rest) for rest in _without(lead_in, text.lstrip()))


def _without(lead_in: re.Pattern[str], text: str) -> Iterator[str]:
    """Give the text, then what remains of it without its lead-ins, one by one."""
    yield text
    while found := lead_in.match(text):
        text = text[found.end() :]
        yield text
    if found := _CIRCUMSTANCE.match(text):
        words = text[found.end() :].partition(",")[0].split(maxsplit=_LONGEST_CIRCUMSTANCE)
        yield from (" ".join(words[place:]) for place in range(1, len(words)))


def _is_bare(piece: str) -> bool:
    """Tell whether there is nothing but a verb, perhaps with words of courtesy before it."""
    return any(is_verb(rest.strip()) for rest in _without(_BEFORE_THE_FIRST, piece.strip()))


def _object(piece: str) -> str:
    """Give what the verb of a piece is about."""
    for rest in _without(_BEFORE_A_TASK, piece.strip()):
        verb, _, about = rest.partition(" ")
        if is_verb(verb):
            return about
    return ""


def _masked(text: str) -> str:
    """Blot out what stays whole whatever it holds: quotations, addresses and paths."""
    return _WHOLE.sub(lambda found: found[0][0] + "_" * (len(found[0]) - 1), text)


def _slices(text: str, cuts: list[tuple[int, int]]) -> Iterator[str]:
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
