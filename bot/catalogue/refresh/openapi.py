"""Reads Webex's published OpenAPI files: which operations there are, and what they need.

Separate from the comparison, so that nothing else knows how such a file looks. Of a description
only the names of scopes are kept, never its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogue.operation import Product
from bot.catalogue.refresh.scope_sentences import Statement, read_sentences
from bot.core.errors import BadInput

_METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_PATH = re.compile(r"/[!-~]+")
"""What is no path among the paths is an extension of OpenAPI, and none of our business."""
_PRODUCT_WORDS = {
    "broadworks": Product.BROADWORKS,
    "wholesale": Product.WHOLESALE,
    "ucm": Product.UCM,
    "contact.?center": Product.CONTACT_CENTER,
    "messaging": Product.MESSAGING,
    "meeting": Product.MEETINGS,
    "device": Product.DEVICES,
    "admin": Product.ADMIN,
    "calling": Product.CALLING,
}
"""How Webex names its files and titles; the first that fits counts."""


class NotOpenApi(BadInput):
    """A file is none of Webex's OpenAPI files."""

    def __init__(self, file: Path, fault: str) -> None:
        """Say what is wrong with which file."""
        super().__init__(
            f"{file.name} {fault}.",
            advice="Give the JSON files of https://github.com/webex/webex-openapi-specs.",
        )


@dataclass(frozen=True, slots=True)
class Published:
    """An operation as a file publishes it.

    Attributes:
        product: The part of Webex that the file is about.
        says: What the file says about its scopes.
    """

    method: str
    path: str
    title: str
    group: str
    product: Product
    says: Statement


def read_openapi(file: Path, families: Collection[str]) -> list[Published]:
    """Read all operations of a file.

    Args:
        families: What may stand before the colon of a scope.

    Raises:
        NotOpenApi: It cannot be read, or is about something else.
    """
    content = _content(file)
    product = _product(file, content)
    try:
        return [
            _published(method, path, details, product=product, families=families)
            for path, method, details in _operations(content)
        ]
    except (AttributeError, TypeError) as fault:
        raise NotOpenApi(file, f"has an operation in a shape of its own ({fault})") from fault


def _content(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise NotOpenApi(file, f"cannot be read ({fault.strerror})") from fault
    except (ValueError, RecursionError) as fault:
        raise NotOpenApi(file, f"is no JSON ({fault})") from fault
    if not isinstance(content, dict) or not isinstance(content.get("paths"), dict):
        raise NotOpenApi(file, "holds no paths")
    return content


def _product(file: Path, content: Mapping[str, Any]) -> Product:
    info = content.get("info")
    title = info.get("title") if isinstance(info, dict) else ""
    for words in (str(title), file.stem):
        for word, product in _PRODUCT_WORDS.items():
            if re.search(word, words, re.IGNORECASE):
                return product
    raise NotOpenApi(file, f"does not say which part of Webex it is about (title: {title!r})")


def _operations(content: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in content["paths"].items():
        if _PATH.fullmatch(path):
            for method, details in methods.items():
                if method in _METHODS:
                    yield path, method.upper(), details


def _published(
    method: str,
    path: str,
    details: Mapping[str, Any],
    *,
    product: Product,
    families: Collection[str],
) -> Published:
    title = _printable(details.get("summary", "")).strip(" .") or f"{method} {path}"
    group, *_ = map(_printable, details.get("tags") or [product])
    text = str(details.get("description", ""))
    says = _declared(details) or read_sentences(text, families)
    return Published(method, path, title, group or str(product), product, says)


def _printable(value: object) -> str:
    """Keep what a terminal and a file can show."""
    signs = (sign if sign.isprintable() else " " for sign in str(value))
    return " ".join("".join(signs).split())


def _declared(details: Mapping[str, Any]) -> Statement | None:
    """Read ``security``: alternatives, each of which may name several schemes with scopes."""
    entries = details.get("security") or ()
    listed = (frozenset(str(name) for names in one.values() for name in names) for one in entries)
    any_of = tuple(dict.fromkeys(listed))
    names = frozenset().union(*any_of)
    return Statement(names, any_of) if names else None
