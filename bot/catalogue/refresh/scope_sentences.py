"""Reads from what Webex publishes in sentences which scopes an operation needs.

Separate from the OpenAPI files because those declare hardly any scope: all is prose, in a few
dozen turns of phrase. What is not surely understood is left to a person, for a scope that is
wrongly advised costs more than one that is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

Alternatives = tuple[frozenset[str], ...]

_NAME = re.compile(r"(?<![\w:/.-])([A-Za-z][A-Za-z-]*):[A-Za-z][\w-]*(?![\w:/])")
_USUAL_ENDING = re.compile(r"[_:](?:read|write|rw)(?:_all)?$")
_MARKUP = re.compile(r"<[^>]*>|[`*'\"\[]|\]\([^)]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n(?!\s*[-*]\s)")
_NO_SCOPE = re.compile(
    r"\bno (?:specific )?scopes? (?:is|are) (?:needed|required)\b", re.IGNORECASE
)
_ONE_OF = re.compile(
    r"\b(?:one|any|either) of (?:the |these )?(?:following|(?:oauth )?scopes)\b", re.IGNORECASE
)
_DOUBTFUL = re.compile(
    r"\b(?:not|no|unless|if|when|where|except|but|without|optional|also|additional\w*)\b",
    re.IGNORECASE,
)
_COMMA = r"\s*,\s*"
_BULLET = r"[\s,.]*+(?:and|or)?+\s*+-?+\s*+"
_AND = r"(?:,|scopes?|\s)*\b(?:and|as well as)\b(?:the|scopes?|\s)*"
_OR = r"(?:,|scopes?|\s)*\bor\b(?:(?!\band\b)[\w\s,/-])*"
"""What follows an “or” may name another role that this other scope is for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says about scopes.

    Attributes:
        names: Every scope that it names.
        any_of: The alternatives, as in an operation; empty where the text says nothing, or
            nothing that is surely understood.
    """

    names: frozenset[str] = frozenset()
    any_of: Alternatives = ()


def read_sentences(text: str, families: Collection[str]) -> Statement:
    """Read what a description says; several sentences must agree.

    Args:
        families: What may stand before the colon of a scope, so that ``sort:asc`` is none.
    """
    sentences = [_MARKUP.sub("", sentence) for sentence in _SENTENCE_END.split(text)]
    telling = [(one, names) for one in sentences if (names := _names(one, families))]
    if not telling:
        return Statement(any_of=(frozenset(),) if _NO_SCOPE.search(text) else ())
    readings = {_alternatives(one, names) for one, names in telling}
    return Statement(
        frozenset(name[0] for _, names in telling for name in names),
        readings.pop() if len(readings) == 1 else (),
    )


def _names(sentence: str, families: Collection[str]) -> list[re.Match[str]]:
    return [
        name
        for name in _NAME.finditer(sentence)
        if name[1] in families or _USUAL_ENDING.search(name[0])
    ]


def _alternatives(sentence: str, names: Sequence[re.Match[str]]) -> Alternatives:
    """Understand one sentence by the words between the scopes that it names."""
    scopes = tuple(dict.fromkeys(name[0] for name in names))
    if _DOUBTFUL.search(sentence):
        return ()
    if len(scopes) == 1:
        return (frozenset(scopes),)
    gaps = [sentence[one.end() : other.start()] for one, other in pairwise(names)]
    is_a_choice = _ONE_OF.search(sentence[: names[0].start()]) is not None
    if _join(gaps, _BULLET if is_a_choice else _OR):
        return tuple(frozenset({scope}) for scope in scopes)
    return (frozenset(scopes),) if _join(gaps, _AND) and not is_a_choice else ()


def _join(gaps: Sequence[str], word: str) -> bool:
    """Tell whether a row of scopes is joined by commas and, at its end, by this word."""
    *inner, last = gaps
    fits = re.compile(f"{_COMMA}|{word}")
    return bool(re.fullmatch(word, last)) and all(map(fits.fullmatch, inner))
