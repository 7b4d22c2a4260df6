"""What the emulated Webex remembers, from accounts to webhooks.

The fields hold facts only; the rules about them live in the module named after each noun.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class Account:
    """A person or a bot."""

    id: str
    email: str
    display_name: str
    org_id: str
    kind: str
    created: datetime
    roles: tuple[str, ...] = ()
    timezone: str | None = None
    is_active: bool = True

    @property
    def is_bot(self) -> bool:
        """Say whether this account belongs to a bot."""
        return self.kind == "bot"


@dataclass
class Membership:
    """Somebody's place in a room."""

    id: str
    room_id: str
    person_id: str
    created: datetime
    is_moderator: bool = False


@dataclass
class Room:
    """A group space, or the 1:1 space of two accounts."""

    id: str
    kind: str
    title: str
    creator_id: str
    org_id: str
    created: datetime
    last_activity: datetime
    members: dict[str, Membership] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Say whether this is a 1:1 space."""
        return self.kind == "direct"


@dataclass(frozen=True)
class Content:
    """What a message says, in each of its dresses."""

    text: str | None = None
    markdown: str | None = None
    html: str | None = None
    mentioned_people: tuple[str, ...] = ()
    mentioned_groups: tuple[str, ...] = ()


@dataclass
class Message:
    """One message in a room; a deleted one is kept for the transcript only."""

    id: str
    number: int
    room_id: str
    person_id: str
    content: Content
    created: datetime
    attachments: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    parent_id: str | None = None
    updated: datetime | None = None
    edits: int = 0
    is_deleted: bool = False


@dataclass(frozen=True)
class AttachmentAction:
    """A pressed Submit button of a card, with what was typed into it."""

    id: str
    message_id: str
    room_id: str
    person_id: str
    inputs: Json
    created: datetime


@dataclass
class Webhook:
    """A wish to be told about events."""

    id: str
    name: str
    target_url: str
    resource: str
    event: str
    owner_id: str
    app_id: str
    created: datetime
    filter: str | None = None
    secret: str | None = None
    is_active: bool = True
