"""What an observer sees: people, spaces, transcripts, grants, traffic.

These answers are the emulator's own; they show more than Webex ever tells a bot, and never a
token.
"""

from dataclasses import asdict

from bot.emulator.acts import find_space
from bot.emulator.clock import webex_time
from bot.emulator.messages import describe
from bot.emulator.records import Account, Json, Message, Room
from bot.emulator.rooms import title_for
from bot.emulator.state import State

LATEST = 30  # messages in the panel of what happened everywhere


def people(state: State, _wish: Json) -> Json:
    """List everybody, with how many messages each has not read."""
    return {"items": [_person(state, account) for account in state.accounts.values()]}


def spaces(state: State, wish: Json) -> Json:
    """List the spaces of a `person`."""
    person = state.account_by_email(str(wish.get("person", "")))
    return {"items": [_space(state, room, person) for room in state.rooms_with(person)]}


def transcript(state: State, wish: Json) -> Json:
    """Tell who said what in a `space`, oldest first; a `reader` has read it by that."""
    room = find_space(state, str(wish.get("space", "")))
    said = [message for message in state.messages.values() if message.room_id == room.id]
    if "reader" in wish and said:
        reader = state.account_by_email(wish["reader"])
        state.read_up_to[reader.id, room.id] = said[-1].number
    return {"items": [_message(state, message) for message in said]}


def latest(state: State, _wish: Json) -> Json:
    """Tell what was said last, in all spaces, the newest first."""
    said = [message for message in state.messages.values() if not message.is_deleted]
    return {"items": [_message(state, message) for message in said[-LATEST:][::-1]]}


def screen(state: State, wish: Json) -> Json:
    """Tell all that the chat page shows to a `person` who looks at a `space`."""
    people = [account for account in state.accounts.values() if not account.is_bot]
    person = wish.get("person") or people[0].email
    room = state.rooms.get(wish.get("space", ""))
    is_member = room is not None and state.account_by_email(person).id in room.members
    space = room.id if room is not None and is_member else None
    said = transcript(state, {"space": space, "reader": person})["items"] if space else []
    return {
        "now": webex_time(state.clock()),
        "person": person,
        "space": space,
        "people": [_person(state, account) for account in state.accounts.values()],
        "spaces": spaces(state, {"person": person})["items"],
        "messages": said,
        "latest": latest(state, {})["items"],
        "grants": [item for item in grants(state, {})["items"] if item["person"] == person],
    }


def grants(state: State, _wish: Json) -> Json:
    """List who allowed which integration what, and until when."""
    return {
        "items": [
            {
                "person": state.accounts[grant.person_id].email,
                "clientId": grant.client_id,
                "integration": state.integrations[grant.client_id].name,
                "scopes": list(grant.scopes),
                "created": webex_time(grant.created),
                "refreshExpires": webex_time(grant.refresh_expires_at),
                "isRevoked": grant.is_revoked,
                "hasEnded": state.clock() >= grant.refresh_expires_at,
            }
            for grant in state.grants.grants.values()
        ]
    }


def requests(state: State, wish: Json) -> Json:
    """List the latest REST requests; `method` and `path` narrow the list."""
    found = state.requests.entries(wish.get("method"), wish.get("path"))
    return {"items": [asdict(entry) | {"at": webex_time(entry.at)} for entry in found]}


def deliveries(state: State, _wish: Json) -> Json:
    """List the attempts to deliver webhooks, with the body as text."""
    return {
        "items": [
            asdict(attempt) | {"at": webex_time(attempt.at), "body": attempt.body.decode()}
            for attempt in list(state.deliveries.attempts)
        ]
    }


def _person(state: State, account: Account) -> Json:
    return {
        "id": account.id,
        "email": account.email,
        "displayName": account.display_name,
        "kind": account.kind,
        "roles": list(account.roles),
        "isActive": account.is_active,
        "orgId": account.org_id,
        "unread": sum(_unread(state, room, account) for room in state.rooms_with(account)),
    }


def _unread(state: State, room: Room, reader: Account) -> int:
    read_up_to = state.read_up_to.get((reader.id, room.id), 0)
    return sum(
        message.number > read_up_to and message.person_id != reader.id
        for message in state.messages_in(room)
    )


def _space(state: State, room: Room, person: Account) -> Json:
    said = state.messages_in(room)
    return {
        "id": room.id,
        "title": title_for(state, room, person),
        "type": room.kind,
        "members": [member.email for member in state.members_of(room)],
        "unread": _unread(state, room, person),
        "lastMessage": _message(state, said[0]) if said else None,
    }


def _message(state: State, message: Message) -> Json:
    author, room = state.accounts[message.person_id], state.rooms[message.room_id]
    members = state.members_of(room)
    return describe(state, message) | {
        "number": message.number,
        "personName": author.display_name,
        "personKind": author.kind,
        "spaceTitle": title_for(state, room, author),
        "isDeleted": message.is_deleted,
        "readers": [member.email for member in members if not member.is_bot],
    }
