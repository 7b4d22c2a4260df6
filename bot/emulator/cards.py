"""The rules for a card in a message, as far as Webex documents or shows them.

One Adaptive Card per message, version given and at most 1.3, at most five buttons, no
`Action.Execute` and no `Media` ("Buttons and Cards" guide). The size limits, 80 KB and ten
pictures, are known from developers' notes on that guide; the stricter numbers that
are sometimes told have no source, so they are not enforced.
"""

import json
import re
from collections.abc import Iterator

from bot.emulator.errors import WebexError
from bot.emulator.records import Json

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
VERSION = re.compile(r"(\d+)\.(\d+)")
NEWEST_VERSION = (1, 3)
MAX_ACTIONS = 5
MAX_BYTES = 80 * 1024
MAX_IMAGES = 10
UNSUPPORTED = frozenset({"Action.Execute", "Media"})


def check_attachments(attachments: object) -> list[Json]:
    """Return the attachments of a message, or refuse with 400 and the rule that was broken."""
    if not isinstance(attachments, list) or len(attachments) != 1:
        raise WebexError(400, "A message may carry exactly one attachment, which must be a card.")
    attachment = attachments[0]
    if not isinstance(attachment, dict) or attachment.get("contentType") != CARD_TYPE:
        raise WebexError(400, f"The attachment's contentType must be {CARD_TYPE}.")
    _check_card(attachment.get("content"))
    return [{"contentType": CARD_TYPE, "content": attachment["content"]}]


def submit_data(card: Json, title: str | None) -> Json:
    """Return the data of a card's Submit button: the one so titled, or the only one."""
    buttons = [part for part in _parts(card) if part.get("type") == "Action.Submit"]
    if title is not None:
        buttons = [button for button in buttons if button.get("title") == title]
        if not buttons:
            raise WebexError(404, f"The card has no Submit button titled {title!r}.")
    elif len(buttons) != 1:
        return {}
    data = buttons[0].get("data", {})
    return data if isinstance(data, dict) else {}


def _check_card(card: object) -> None:
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        raise WebexError(400, "The attachment's content must be an object of type AdaptiveCard.")
    _check_version(card.get("version"))
    _check_size(card)
    actions = card.get("actions", [])
    if not isinstance(actions, list) or len(actions) > MAX_ACTIONS:
        raise WebexError(400, f"A card may have at most {MAX_ACTIONS} actions.")
    for part in _parts(card):
        if part.get("type") in UNSUPPORTED:
            raise WebexError(400, f"{part['type']} is not supported in cards.")


def _check_version(version: object) -> None:
    if not version or not isinstance(version, str):
        raise WebexError(400, "Missing Adaptive Card Version")
    numbers = VERSION.fullmatch(version)
    if numbers is None:
        raise WebexError(400, f"Invalid Adaptive Card Version {version!r}")
    if (int(numbers[1]), int(numbers[2])) > NEWEST_VERSION:
        raise WebexError(400, f"Unsupported Adaptive Card Version {version}; 1.3 is the newest.")


def _check_size(card: Json) -> None:
    size = len(json.dumps(card, ensure_ascii=False).encode())
    if size > MAX_BYTES:
        raise WebexError(400, f"The card is {size} bytes long; at most {MAX_BYTES} are allowed.")
    images = sum(1 for part in _parts(card) if part.get("type") == "Image")
    if images > MAX_IMAGES:
        raise WebexError(400, f"The card has {images} pictures; at most {MAX_IMAGES} are allowed.")


def _parts(node: object) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key != "data":
                yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)
