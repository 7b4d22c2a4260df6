"""What people do in the emulated Webex: chat, press buttons, consent, leave.

The control API and the chat page use these; a bot cannot tell them from real people's acts.
"""

from urllib.parse import parse_qsl, urlsplit

from bot.emulator.attachment_actions import describe as describe_action
from bot.emulator.attachment_actions import press
from bot.emulator.consent import Refusal, accept, decline, read_request
from bot.emulator.consent_desk import ConsentPageError
from bot.emulator.errors import WebexError
from bot.emulator.memberships import add_member, remove_member
from bot.emulator.message_text import as_typed, check_length
from bot.emulator.messages import Draft, describe, find, post
from bot.emulator.records import Account, Json, Room
from bot.emulator.rooms import open_direct_room
from bot.emulator.state import State


def speak(state: State, wish: Json) -> Json:
    """Let a person write into a `space` (id or title), or to somebody (`to`, an e-mail).

    `@Name` of a member becomes a mention; `mention: true` mentions the bots of the space.
    """
    person, text = _signed_in(state, wish), str(wish.get("text", ""))
    check_length("text", text)
    if not text:
        raise WebexError(400, "text cannot be empty.")
    room = _room_to_speak_in(state, wish, person)
    members = state.members_of(room)
    if wish.get("mention") is True:
        names = [f"@{member.display_name}" for member in members if member.is_bot]
        text = " ".join([*names, text])
    content = as_typed(text, members if not room.is_direct else [])
    draft = Draft(content, parent_id=wish.get("parentId"))
    return describe(state, post(state, room, person, draft=draft))


def press_button(state: State, wish: Json) -> Json:
    """Let a person press a Submit button of `messageId`, with `inputs`.

    `button` names it by its title; a card's only Submit button needs no name.
    """
    person = _signed_in(state, wish)
    message = find(state, _text(wish, "messageId"), person)
    inputs = wish.get("inputs", {})
    if not isinstance(inputs, dict):
        raise WebexError(400, "inputs must be an object.")
    action = press(state, person, message, inputs=inputs, button=wish.get("button"))
    return describe_action(action)


def consent(state: State, wish: Json) -> Json:
    """Answer the consent page at `url` as a person: `decision` is accept or decline."""
    query = dict(parse_qsl(urlsplit(_text(wish, "url")).query))
    try:
        asked = read_request(state, query)
    except ConsentPageError as page:
        raise WebexError(400, str(page)) from page
    if isinstance(asked, Refusal):
        return {"redirect": asked.url}
    if wish.get("decision", "accept") != "accept":
        return {"redirect": decline(asked).url}
    return {"redirect": accept(state, asked, _person(state, wish))}


def revoke(state: State, wish: Json) -> Json:
    """End a person's grants, all or those of one `clientId`, as a new password does."""
    ended = state.grants.revoke_all(_person(state, wish).id, wish.get("clientId"))
    return {"revoked": ended}


def deactivate(state: State, wish: Json) -> Json:
    """Take a person's account away: tokens end, webhooks fall silent, nobody can write to it."""
    person = _person(state, wish)
    person.is_active = False
    return {"person": person.email, "revoked": state.grants.revoke_all(person.id)}


def let_in(state: State, wish: Json) -> Json:
    """Add a person or bot to a group space."""
    room, newcomer = find_space(state, _text(wish, "space")), _person(state, wish)
    if newcomer.id in room.members:
        raise WebexError(409, f"{newcomer.email} is in this space already.")
    add_member(state, room, newcomer, actor=newcomer)
    return {"space": room.id, "person": newcomer.email}


def take_out(state: State, wish: Json) -> Json:
    """Remove a person or bot from a group space."""
    room, leaver = find_space(state, _text(wish, "space")), _person(state, wish)
    remove_member(state, room, leaver, actor=leaver)
    return {"space": room.id, "person": leaver.email}


def delete_space(state: State, wish: Json) -> Json:
    """Delete a space and all that was said in it."""
    room = find_space(state, _text(wish, "space"))
    creator = state.accounts[room.creator_id]
    for member in state.members_of(room):
        remove_member(state, room, member, actor=creator)
    state.delete_room(room)
    return {"space": room.id}


def find_space(state: State, name: str) -> Room:
    """Return a space by its id or its title, or refuse with 404."""
    for room in state.rooms.values():
        if name == room.id or (name == room.title and not room.is_direct):
            return room
    raise WebexError(404, f"There is no space {name!r}.")


def _room_to_speak_in(state: State, wish: Json, person: Account) -> Room:
    if "space" in wish:
        return state.room(find_space(state, _text(wish, "space")).id, person)
    return open_direct_room(state, person, state.account_by_email(_text(wish, "to")))


def _person(state: State, wish: Json) -> Account:
    return state.account_by_email(_text(wish, "person"))


def _signed_in(state: State, wish: Json) -> Account:
    person = _person(state, wish)
    if not person.is_active:
        raise WebexError(403, f"{person.email} cannot sign in.")
    return person


def _text(wish: Json, name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str) or not value:
        raise WebexError(400, f"{name} is required.")
    return value
