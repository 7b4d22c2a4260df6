"""Messages: what one is, who may read it, and who is told of it.

A bot in a group space is told of, and may read, only what mentions it and what it wrote itself;
in a 1:1 space it reads everything (Bots guide). The API over it is in `message_requests.py`.
"""

from dataclasses import dataclass, field

from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.events import Event, announce
from bot.emulator.ids import new_id
from bot.emulator.records import Account, Content, Json, Message, Room
from bot.emulator.state import State


@dataclass(frozen=True)
class Draft:
    """What somebody is about to post."""

    content: Content
    attachments: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    parent_id: str | None = None


def post(state: State, room: Room, author: Account, *, draft: Draft) -> Message:
    """Put a message into a room and tell whoever may know."""
    message = Message(
        id=new_id("MESSAGE"),
        number=next(state.message_numbers),
        room_id=room.id,
        person_id=author.id,
        content=draft.content,
        created=state.clock(),
        attachments=draft.attachments,
        files=draft.files,
        parent_id=draft.parent_id,
    )
    state.messages[message.id] = message
    room.last_activity = message.created
    state.read_up_to[author.id, room.id] = message.number
    _announce(state, "created", message)
    return message


def replace(state: State, message: Message, content: Content) -> None:
    """Give a message new content and tell whoever may know."""
    message.content = content
    message.edits += 1
    message.updated = state.clock()
    _announce(state, "updated", message)


def take_back(state: State, message: Message) -> None:
    """Delete a message and tell whoever may know."""
    message.is_deleted = True
    _announce(state, "deleted", message)


def find(state: State, message_id: str, reader: Account) -> Message:
    """Return a message that this account may read, or refuse with 404."""
    message = state.messages.get(message_id)
    if message is None or message.is_deleted or not _may_read(state, message, reader):
        raise WebexError(404, "Could not find a message with the provided ID.")
    return message


def describe(state: State, message: Message) -> Json:
    """Return a message as the API shows it, without the fields that it has no value for."""
    content = message.content
    shown = {
        **_outline(state, message),
        "text": content.text,
        "markdown": content.markdown,
        "html": content.html,
        "files": message.files or None,
        "attachments": message.attachments or None,
        "updated": webex_time(message.updated) if message.updated else None,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _outline(state: State, message: Message) -> Json:
    content = message.content
    return {
        "id": message.id,
        "parentId": message.parent_id,
        "roomId": message.room_id,
        "roomType": state.rooms[message.room_id].kind,
        "personId": message.person_id,
        "personEmail": state.accounts[message.person_id].email,
        "mentionedPeople": list(content.mentioned_people) or None,
        "mentionedGroups": list(content.mentioned_groups) or None,
        "created": webex_time(message.created),
    }


def _announce(state: State, event: str, message: Message) -> None:
    outline = _outline(state, message)
    announce(
        state,
        Event(
            resource="messages",
            event=event,
            actor=state.accounts[message.person_id],
            data={name: value for name, value in outline.items() if value is not None},
            facts={"hasFiles": bool(message.files), "hasAttachments": bool(message.attachments)},
            may_know=lambda account: _may_read(state, message, account),
        ),
    )


def _may_read(state: State, message: Message, reader: Account) -> bool:
    room = state.rooms.get(message.room_id)
    if room is None or reader.id not in room.members:
        return False
    if not reader.is_bot or room.is_direct or message.person_id == reader.id:
        return True
    return reader.id in message.content.mentioned_people
