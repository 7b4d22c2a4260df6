"""The Messages API: writing, listing, editing and deleting, each with its limits."""

from datetime import UTC, datetime

from bot.emulator.call import Call, Page
from bot.emulator.cards import check_attachments
from bot.emulator.errors import WebexError
from bot.emulator.message_text import check_length, from_markdown
from bot.emulator.messages import Draft, describe, find, post, replace, take_back
from bot.emulator.records import Content, Json, Message, Room
from bot.emulator.rooms import open_direct_room
from bot.emulator.state import State

MOST_EDITS = 10
DESTINATIONS = ("roomId", "toPersonId", "toPersonEmail")


def create(state: State, call: Call) -> Json:
    """Answer `POST /messages`."""
    room = _destination(state, call)
    draft = _draft(state, call, room)
    return describe(state, post(state, room, call.account, draft=draft))


def list_messages(state: State, call: Call) -> Page:
    """Answer `GET /messages`; in a group space a bot must ask for its own mentions."""
    if "roomId" not in call.query:
        raise WebexError(400, "roomId is required.")
    room = state.room(call.query["roomId"], call.account)
    mentions = call.query.get("mentionedPeople")
    if mentions not in (None, "me", call.account.id):
        raise WebexError(400, "mentionedPeople must be me or the caller's own person ID.")
    if call.account.is_bot and not room.is_direct and mentions is None:
        raise WebexError(403, "Bots must use mentionedPeople=me to list messages in group spaces.")
    found = [
        message
        for message in state.messages_in(room)
        if (mentions is None or call.account.id in message.content.mentioned_people)
        and call.query.get("parentId") in (None, message.parent_id)
    ]
    most = 100 if mentions else 1000
    return _page(state, call, _before(state, call, found), most=most)


def list_direct(state: State, call: Call) -> Page:
    """Answer `GET /messages/direct`."""
    person_id, email = call.query.get("personId"), call.query.get("personEmail")
    if (person_id is None) == (email is None):
        raise WebexError(400, "Exactly one of personId and personEmail is required.")
    other = state.account(person_id) if person_id else state.account_by_email(email or "")
    room = state.direct_room(call.account, other)
    if room is None:
        raise WebexError(404, "There is no 1:1 space with this person yet.")
    parent_id = call.query.get("parentId")
    found = [m for m in state.messages_in(room) if parent_id in (None, m.parent_id)]
    return _page(state, call, found)


def show(state: State, call: Call) -> Json:
    """Answer `GET /messages/{messageId}`."""
    return describe(state, find(state, call.path["message_id"], call.account))


def edit(state: State, call: Call) -> Json:
    """Answer `PUT /messages/{messageId}`: at most ten times, and never with a card or file."""
    message = find(state, call.path["message_id"], call.account)
    _check_edit(message, call)
    replace(state, message, _content(state, call, state.rooms[message.room_id]))
    return describe(state, message)


def delete(state: State, call: Call) -> None:
    """Answer `DELETE /messages/{messageId}`."""
    message = find(state, call.path["message_id"], call.account)
    if message.person_id != call.account.id:
        raise WebexError(403, "Only the author may delete a message.")
    take_back(state, message)


def _draft(state: State, call: Call, room: Room) -> Draft:
    body = call.body
    attachments = check_attachments(body["attachments"]) if "attachments" in body else []
    files = _files(call)
    if not (call.text("text") or call.text("markdown") or files or attachments):
        raise WebexError(400, "A message needs text, markdown, a file or a card.")
    content, parent_id = _content(state, call, room), _parent_id(state, call, room)
    return Draft(content, attachments, files, parent_id)


def _content(state: State, call: Call, room: Room) -> Content:
    text, markdown = call.text("text"), call.text("markdown")
    check_length("text", text)
    check_length("markdown", markdown)
    if markdown:
        return from_markdown(markdown, text, state.members_of(room))
    return Content(text=text)


def _files(call: Call) -> list[str]:
    files = call.body.get("files", [])
    if not isinstance(files, list) or len(files) > 1:
        raise WebexError(400, "Only one file may be attached to a message.")
    if not all(isinstance(url, str) and url.startswith(("http://", "https://")) for url in files):
        raise WebexError(400, "A file must be given by its public URL.")
    return files


def _destination(state: State, call: Call) -> Room:
    given = [name for name in DESTINATIONS if call.text(name)]
    if len(given) != 1:
        raise WebexError(400, "Exactly one of roomId, toPersonId and toPersonEmail is required.")
    value = call.required_text(given[0])
    if given[0] == "roomId":
        return state.room(value, call.account)
    other = state.account(value) if given[0] == "toPersonId" else state.account_by_email(value)
    if other.id == call.account.id or not other.is_active:
        raise WebexError(404, "Nobody can be written to at this address.")
    return open_direct_room(state, call.account, other)


def _parent_id(state: State, call: Call, room: Room) -> str | None:
    parent_id = call.text("parentId")
    if parent_id is None:
        return None
    parent = find(state, parent_id, call.account)
    if parent.room_id != room.id or parent.parent_id is not None:
        raise WebexError(400, "parentId must name a message of this space that is no reply itself.")
    return parent_id


def _before(state: State, call: Call, found: list[Message]) -> list[Message]:
    if "beforeMessage" in call.query:
        limit = find(state, call.query["beforeMessage"], call.account).number
        found = [message for message in found if message.number < limit]
    if "before" in call.query:
        moment = _moment(call.query["before"])
        found = [message for message in found if message.created < moment]
    return found


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise WebexError(400, f"before must be an ISO 8601 time, not {value!r}.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _page(state: State, call: Call, found: list[Message], *, most: int = 1000) -> Page:
    return call.page_of([describe(state, message) for message in found], default=50, most=most)


def _check_edit(message: Message, call: Call) -> None:
    if message.person_id != call.account.id:
        raise WebexError(403, "Only the author may edit a message.")
    if call.required_text("roomId") != message.room_id:
        raise WebexError(400, "roomId is not the space of this message.")
    if message.attachments or message.files:
        raise WebexError(400, "Messages with files or attachments cannot be edited yet.")
    if message.edits >= MOST_EDITS:
        raise WebexError(400, f"The limit of {MOST_EDITS} edits of this message was reached.")
    if "html" in call.body or not (call.text("text") or call.text("markdown")):
        raise WebexError(400, "An edit needs text or markdown, and no html.")
