"""What a card file must keep to: the Adaptive Cards that Webex draws, and our own safety.

Separate from filling, because these faults are the author's and are found before the first message.
Webex draws version 1.3 and at most five buttons (developer.webex.com/docs/buttons-and-cards).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.chat.card_binding import KEEP, REPEAT, SLOT, is_web_address

VERSION = "1.3"
MOST_ACTIONS = 5
_UNDRAWN = frozenset({"Action.Execute", "Media", "Table"})
_LITERAL_KEYS = frozenset({"$schema", REPEAT, KEEP})


def faults(card: object, *, actions: Collection[str]) -> Iterator[str]:
    """Name everything that is wrong with a parsed card file, each with its place."""
    if not isinstance(card, dict):
        yield "$: a card is a JSON object"
        return
    if card.get("type") != "AdaptiveCard":
        yield "type: must be AdaptiveCard"
    if card.get("version") != VERSION:
        yield f"version: must be {VERSION}, the newest that Webex draws"
    if count_actions(card) > MOST_ACTIONS:
        yield f"actions: Webex draws at most {MOST_ACTIONS}"
    for path, part in parts(card):
        yield from (f"{path}{fault}" for fault in _faults_of(part, actions))


def count_actions(card: object) -> int:
    """Count the buttons of a card, wherever they stand."""
    kinds = (str(part.get("type", "")) for _, part in parts(card))
    return sum(kind.startswith("Action.") for kind in kinds)


def parts(node: object, path: str = "$") -> Iterator[tuple[str, dict[str, object]]]:
    """Walk over every element of a card with its place; what a button sends back is none."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key != "data":
                yield from parts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from parts(value, f"{path}[{place}]")


def _faults_of(part: dict[str, object], actions: Collection[str]) -> Iterator[str]:
    kind = part.get("type")
    if kind in _UNDRAWN:
        yield f": Webex does not draw {kind}"
    if kind == "Action.Submit":
        yield from _faults_of_data(part.get("data"), actions)
    url = part.get("url")
    if "url" in part and not (isinstance(url, str) and _may_link(url)):
        yield ".url: must be an http or https address, or one slot"
    for key in part:
        if key.startswith("$") and key not in _LITERAL_KEYS:
            yield f".{key}: only {REPEAT} and {KEEP} are known"


def _may_link(url: str) -> bool:
    return bool(SLOT.fullmatch(url)) or is_web_address(url)


def _faults_of_data(data: object, actions: Collection[str]) -> Iterator[str]:
    named = data.get("action") if isinstance(data, dict) else None
    if named not in actions:
        yield f".data.action: {named!r} is not one of {', '.join(sorted(actions))}"
    if not (isinstance(data, dict) and data.get("say")):
        yield ".data.say: the words that do the same as this button are missing"
