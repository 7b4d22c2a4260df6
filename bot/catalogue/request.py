"""Reads a request as a developer pastes it: a request line, a curl command, one amid words.

Separate from the paths because it is about hosts, queries, quotes and bodies only, and knows no
operation. Webex documents some paths with their ``/v1`` and most without, and people paste both,
so that a leading ``v1`` never counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from urllib.parse import unquote

_LONGEST = 4000
"""More than any request line; what stands behind it is a body."""

_METHOD = r"\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b"
_GAP = r"[\s:\"'`\]]+"
_TARGET = r"((?:\{[^{}\s\"][^{}]*\}|<[^<>]*>|[^\s\"'`<>])++)"
_ABSOLUTE = rf"(?=/|https?://|\{{\{{|\$){_TARGET}"
_AT_THE_START = re.compile(rf"\W*{_METHOD}{_GAP}{_ABSOLUTE}", re.IGNORECASE)
_AMID_WORDS = re.compile(rf"{_METHOD}{_GAP}{_ABSOLUTE}")
_RELATIVE = re.compile(rf"\W*{_METHOD}{_GAP}{_TARGET}[\"'`]?\s*(?:$|[{{\[]|HTTP/)")

_CURL = re.compile(r"\s*(?:\$\s*)?(?:curl\s|-X|--request)")
_CURL_METHOD = re.compile(rf"(?:-X|--request)[\s=\"']*{_METHOD}", re.IGNORECASE)
_CURL_TARGET = re.compile(rf"\s[\"']?(?=/|https?://|\{{\{{|\$|[\w-]+\.[\w.-]+/){_TARGET}")
_CURL_BODY = re.compile(r"\s(?:-d|-F|--data[\w-]*|--form|--json)(?=[\s='\"])")
_CURL_VALUE = re.compile(
    r"\s(?:-[dFH]|--(?:data[\w-]*|form|json|header))[\s=]*(?:'[^']*'|\"(?:\\.|[^\"\\])*+\")"
)

_HOST = re.compile(
    r"https?://[^/?#]*|\{\{[^{}]*\}\}|\$\{?\w+\}?|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=/)",
    re.IGNORECASE,
)
_CLOSING_SIGNS = re.compile(r"(?<=[\w}>])[.,;!)\]]+$")


@dataclass(frozen=True, slots=True)
class Request:
    """A method and the segments of a path.

    Attributes:
        is_sure: False when the text could be plain words, for its path has no leading slash.
    """

    method: str
    segments: tuple[str, ...]
    is_sure: bool = True


def request_in(text: str) -> Request | None:
    """Find the request in a text, or nothing where the text is plain words."""
    start = text[:_LONGEST]
    if _CURL.match(start):
        return _request_of_curl(start)
    if found := _AT_THE_START.match(start) or _AMID_WORDS.search(start):
        return Request(found[1].upper(), segments_of(found[2]))
    if found := _RELATIVE.match(start):
        return Request(found[1], segments_of(found[2]), is_sure=False)
    return None


def segments_of(address: str) -> tuple[str, ...]:
    """Cut an address or a path into the segments that tell operations apart."""
    host = _HOST.match(address)
    path = re.split(r"[?#]", address[host.end() if host else 0 :], maxsplit=1)[0]
    segments = (unquote(part) for part in _CLOSING_SIGNS.sub("", path).split("/") if part)
    return tuple(dropwhile(lambda segment: segment.lower() == "v1", segments))


def _request_of_curl(command: str) -> Request | None:
    """Do as curl does: without ``-X`` it posts what has a body, and gets everything else."""
    target = _CURL_TARGET.search(_CURL_VALUE.sub(" ", command))
    if target is None:
        return None
    implied = "POST" if _CURL_BODY.search(command) else "GET"
    method = _CURL_METHOD.search(command)
    return Request(method[1].upper() if method else implied, segments_of(target[1]))
