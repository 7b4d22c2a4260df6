"""Fills the slots of a card: a strict subset of Adaptive Cards Templating.

- ``${dotted.name}`` is replaced by a value. Alone in a string it keeps the value's type.
- ``"$data": "${list}"`` repeats an element of a list. Inside, names are those of the item;
  ``$data`` is the item itself, ``$index`` its place, ``$root`` everything that was given.
- ``"$when": "${flag}"`` keeps an element of a list, or drops it.

There are no expressions: what is computed is computed in Python. Slots are filled after parsing,
so no value can change the structure, and every word that is shown is made harmless first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.chat.plain_text import plain
from bot.core.errors import ConsentryError
from bot.core.messages import Card

Facts = Mapping[str, object]
"""What a card is given: words, numbers, flags, and lists of mappings of the same."""

SLOT = re.compile(r"\$\{([^{}]*)\}")
REPEAT, KEEP = "$data", "$when"
_NEVER_SHOWN = frozenset({"url", "data", "id"})
"""Under these keys a value is passed on as it is: it is followed or sent back, not read."""


class SlotBroken(ConsentryError):
    """A slot of a card got no value, or one that does not fit there."""


def is_web_address(url: str) -> bool:
    """Tell whether a card may link there: http or https with a host, and nothing hidden."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isprintable()


def bind(file: str, tree: Card, facts: Facts) -> Card:
    """Fill the slots of a card.

    Args:
        file: Its name, for the error.
        tree: The parsed file; it stays as it is.
        facts: A value for each of its names.

    Raises:
        SlotBroken: A name is unknown or its value does not fit; tells file, place and names given.
    """
    bound = _Binder(file, facts).node(tree, {**facts, "$root": facts}, "$")
    return bound if isinstance(bound, dict) else {}


class _Binder:
    """Walks one card; knows where it is, so that an error can say it."""

    def __init__(self, file: str, root: Facts) -> None:
        self._file = file
        self._root = root

    def node(self, node: object, given: Facts, path: str, *, is_raw: bool = False) -> object:
        if isinstance(node, dict):
            return {
                key: self.node(value, given, f"{path}.{key}", is_raw=is_raw or key in _NEVER_SHOWN)
                for key, value in node.items()
                if key not in {REPEAT, KEEP}
            }
        if isinstance(node, list):
            return [
                self.node(item, scope, f"{path}[{place}]", is_raw=is_raw)
                for place, item in enumerate(node)
                for scope in self._scopes(item, given, f"{path}[{place}]")
            ]
        return self._text(node, given, path, is_raw=is_raw) if isinstance(node, str) else node

    def _scopes(self, item: object, given: Facts, path: str) -> Iterator[Facts]:
        """Give the names for each time that an element appears: none, once, or once per item."""
        repeat, keep = _directive(item, REPEAT), _directive(item, KEEP)
        for scope in [given] if repeat is None else self._repeated(repeat, given, path):
            if keep is None or self._value(keep, scope, f"{path}.{KEEP}"):
                yield scope

    def _repeated(self, slot: object, given: Facts, path: str) -> Iterator[Facts]:
        values = self._value(slot, given, f"{path}.{REPEAT}")
        if not isinstance(values, list | tuple):
            raise self._broken(f"{path}.{REPEAT}", f"{slot} is no list", given)
        for index, value in enumerate(values):
            own = value if isinstance(value, Mapping) else {}
            yield {**own, "$root": self._root, "$index": index, "$data": value}

    def _text(self, text: str, given: Facts, path: str, *, is_raw: bool) -> object:
        def shown(value: object) -> str:
            return plain(value) if isinstance(value, str) and not is_raw else str(value)

        if SLOT.fullmatch(text):
            value = self._scalar(text, given, path)
            bound: object = shown(value) if isinstance(value, str) else value
        else:
            bound = SLOT.sub(lambda slot: shown(self._scalar(slot[0], given, path)), text)
        if path.endswith(".url") and not is_web_address(str(bound)):
            raise self._broken(path, "the value is no http or https address", given)
        return bound

    def _scalar(self, slot: str, given: Facts, path: str) -> str | int | float:
        value = self._value(slot, given, path)
        if not isinstance(value, str | int | float):
            raise self._broken(path, f"{slot} is a {type(value).__name__}, not words", given)
        return value

    def _value(self, slot: object, given: Facts, path: str) -> object:
        match = SLOT.fullmatch(str(slot))
        if match is None:
            raise self._broken(path, f"{slot!r} is no slot", given)
        value: object = given
        for name in match[1].split("."):
            if not isinstance(value, Mapping) or name not in value:
                raise self._broken(path, f"nothing is named {match[1]!r}", given)
            value = value[name]
        return value

    def _broken(self, path: str, fault: str, given: Facts) -> SlotBroken:
        names = ", ".join(sorted(name for name in given if not name.startswith("$"))) or "nothing"
        return SlotBroken(
            f"{self._file}: {path}: {fault}.",
            advice=f"This place was given: {names}. Correct the slot, or give it the value.",
        )


def _directive(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, dict) else None
