"""The bot's own account: what it says, and what it looks up about people and messages.

Everything here is one call to Webex with the bot's token; what to say, and when to try again, is
decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import Any

from bot.core.errors import WebexRefused
from bot.core.events import Pressed, Spoken
from bot.core.messages import Address, Card, Message, To
from bot.core.people import Person, is_same_id
from bot.webex.answers import clean, identifier, text
from bot.webex.people import read_person
from bot.webex.sdk import Sdk

_ADDRESSED_BY = {To.ROOM: "roomId", To.PERSON: "toPersonId", To.EMAIL: "toPersonEmail"}
_MOST_READ_BACK = 100
_LONGEST_INPUT = 1000
"""A message that is looked for was sent moments ago; the API lists the newest first."""


class WebexMessenger:
    """Satisfies ``core.ports.Messenger`` over Webex's REST API."""

    def __init__(self, sdk: Sdk) -> None:
        self._sdk = sdk

    def me(self) -> Person:
        """Ask who the bot is."""
        with self._sdk.calling() as webex:
            answer = webex.people.me()
        return read_person(answer)

    def person(self, person_id: str) -> Person:
        """Look a person up."""
        with self._sdk.calling() as webex:
            answer = webex.people.get(person_id)
        return read_person(answer)

    def spoken(self, message_id: str) -> Spoken:
        """Read a message; a webhook never holds its words."""
        with self._sdk.calling() as webex:
            answer = webex.messages.get(message_id)
        return Spoken(
            id=identifier(answer),
            room_id=text(answer, "roomId"),
            is_direct=text(answer, "roomType") == "direct",
            person_id=text(answer, "personId"),
            person_email=text(answer, "personEmail"),
            text=text(answer, "text"),
            html=text(answer, "html"),
            created=_created(answer),
        )

    def pressed(self, action_id: str) -> Pressed:
        """Read a press of a button; a webhook never holds its inputs."""
        with self._sdk.calling() as webex:
            answer = webex.attachment_actions.get(action_id)
        inputs = answer.get("inputs") if isinstance(answer, Mapping) else None
        return Pressed(
            id=identifier(answer),
            person_id=text(answer, "personId"),
            room_id=text(answer, "roomId"),
            message_id=text(answer, "messageId"),
            inputs=_texts(inputs) if isinstance(inputs, Mapping) else {},
            created=_created(answer),
        )

    def is_direct(self, room_id: str) -> bool:
        """Tell a 1:1 space from a group space."""
        with self._sdk.calling() as webex:
            answer = webex.rooms.get(room_id)
        return text(answer, "type") == "direct"

    def post(self, message: Message) -> str:
        """Say something; the id of what was said."""
        address = {_ADDRESSED_BY[message.to.to]: message.to.id}
        cards = [_attachment(message.card)] if message.card else None
        with self._sdk.calling() as webex:
            answer = webex.messages.create(markdown=message.markdown, attachments=cards, **address)
        return identifier(answer)

    def retract(self, message_id: str) -> None:
        """Delete what the bot said; well if it is already gone."""
        try:
            with self._sdk.calling() as webex:
                webex.messages.delete(message_id)
        except WebexRefused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise

    def recent(self, message: Message, *, since: datetime) -> list[str]:
        """List the ids of the bot's own messages with these words in a 1:1 space since then.

        In a group space Webex lets a bot list only what mentions it, and refuses this.
        """
        me = self.me()
        return [
            identifier(answer)
            for answer in self._latest_in(message.to)
            if is_same_id(text(answer, "personId"), me.id)
            and _says(answer, message.markdown)
            and _is_since(answer, since)
        ]

    def _latest_in(self, address: Address) -> list[object]:
        try:
            with self._sdk.calling() as webex:
                return list(islice(_newest_first(webex, address), _MOST_READ_BACK))
        except WebexRefused as refused:
            # A person to whom the bot never spoke has no 1:1 space yet.
            if refused.status == HTTPStatus.NOT_FOUND:
                return []
            raise


def _newest_first(webex: Any, address: Address) -> Iterator[object]:  # noqa: ANN401 - untyped SDK
    if address.to is To.ROOM:
        return iter(webex.messages.list(address.id, max=_MOST_READ_BACK))
    person = {"personId" if address.to is To.PERSON else "personEmail": address.id}
    return iter(webex.messages.list_direct(**person))


def _attachment(card: Card) -> dict[str, object]:
    # A plain dict: the SDK's own card class claims version 1.1 whatever it holds.
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


def _says(answer: object, words: str) -> bool:
    return words.strip() in (text(answer, "markdown").strip(), text(answer, "text").strip())


def _is_since(answer: object, since: datetime) -> bool:
    created = _created(answer)
    return created is not None and created >= since


def _created(answer: object) -> datetime | None:
    try:
        created = datetime.fromisoformat(text(answer, "created"))
    except ValueError:
        return None
    return created if created.tzinfo else None


def _texts(inputs: Mapping[object, object]) -> dict[str, object]:
    """Keep what a card of ours can send: texts of a length that a person types."""
    return {
        clean(name): clean(value)[:_LONGEST_INPUT]
        for name, value in inputs.items()
        if isinstance(name, str) and isinstance(value, str)
    }
