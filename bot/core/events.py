"""What Webex tells us by webhook: ids only, never what was said (developer.webex.com, Webhooks).

An event is what the inbox keeps. Anything that a webhook says beyond these ids is read again from
Webex before it counts, because ids are all that a webhook promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MESSAGE = ("messages", "created")
PRESS = ("attachmentActions", "created")
JOINED = ("memberships", "created")
LEFT = ("memberships", "deleted")
HEARD = (MESSAGE, PRESS, JOINED, LEFT)
"""The kinds of event that we act on, as (resource, event)."""

_LONGEST_ID = 512


@dataclass(frozen=True)
class Event:
    """Something happened at Webex. ``person_id`` is who did it, or whose membership it is.

    A membership's id is made of its person and its room, so who leaves and comes back has the same
    one again: ``at``, the time in Webex's own writing, tells these apart.
    """

    resource: str
    event: str
    id: str
    room_id: str = ""
    person_id: str = ""
    at: str = ""

    @property
    def kind(self) -> tuple[str, str]:
        """The resource and what happened to it."""
        return (self.resource, self.event)

    @property
    def key(self) -> str:
        """Name the event so that a redelivery has the same name."""
        return ":".join(filter(None, (self.resource, self.event, self.id, self.at)))


def read_event(envelope: object) -> Event | None:
    """Read a webhook envelope; None where it is nothing that we act on, whatever it looks like."""
    if not isinstance(envelope, Mapping) or not isinstance(envelope.get("data"), Mapping):
        return None
    data = envelope["data"]
    event = Event(
        resource=_text(envelope, "resource"),
        event=_text(envelope, "event"),
        id=_text(data, "id"),
        room_id=_text(data, "roomId"),
        person_id=_text(data, "personId"),
        at=_text(data, "created") if envelope.get("resource") == "memberships" else "",
    )
    return event if event.id and event.kind in HEARD else None


def _text(mapping: Mapping[object, object], name: str) -> str:
    value = mapping.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST_ID:
        return ""
    # PostgreSQL keeps no NUL and neither database half a surrogate pair; no id has either.
    return value if value.isprintable() else ""


@dataclass(frozen=True)
class Spoken:
    """A message as Webex keeps it. ``html`` is empty where nothing was marked up."""

    id: str
    room_id: str
    is_direct: bool
    person_id: str
    person_email: str
    text: str = ""
    html: str = ""
    created: datetime | None = None


@dataclass(frozen=True)
class Pressed:
    """A press of a card's button. The inputs are the presser's word: a reference, never proof."""

    id: str
    person_id: str
    room_id: str
    message_id: str
    inputs: Mapping[str, object]
    created: datetime | None = None
