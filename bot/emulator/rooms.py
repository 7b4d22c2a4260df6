"""Rooms, which the Webex app calls spaces: group ones and 1:1 ones (Rooms API)."""

from bot.emulator.call import Call, Page
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.events import Event, announce
from bot.emulator.ids import new_id, stable_id
from bot.emulator.memberships import add_member
from bot.emulator.records import Account, Json, Room
from bot.emulator.seeding import new_room
from bot.emulator.state import State

SORT_KEYS = {"lastactivity", "created", "id"}


def list_rooms(state: State, call: Call) -> Page:
    """Answer `GET /rooms`."""
    kind, order = call.query.get("type"), call.query.get("sortBy", "lastactivity")
    if kind not in (None, "direct", "group"):
        raise WebexError(400, f"type must be direct or group, not {kind!r}.")
    if order not in SORT_KEYS:
        raise WebexError(400, f"sortBy must be lastactivity, created or id, not {order!r}.")
    rooms = [room for room in state.rooms_with(call.account) if kind in (None, room.kind)]
    if order == "created":
        rooms.sort(key=lambda room: room.created, reverse=True)
    elif order == "id":
        rooms.sort(key=lambda room: room.id)
    return call.page_of([describe(state, room, call.account) for room in rooms], default=100)


def show(state: State, call: Call) -> Json:
    """Answer `GET /rooms/{roomId}`."""
    return describe(state, state.room(call.path["room_id"], call.account), call.account)


def create(state: State, call: Call) -> Json:
    """Answer `POST /rooms`: a new group space with the caller in it."""
    title = call.required_text("title")
    room = new_room(new_id("ROOM"), title, kind="group", creator=call.account, now=state.clock())
    _open(state, room, [call.account])
    return describe(state, room, call.account)


def open_direct_room(state: State, one: Account, other: Account) -> Room:
    """Return the 1:1 space of two accounts, which comes into being at the first message."""
    room = state.direct_room(one, other)
    if room is None:
        key = ":".join(sorted((one.id, other.id)))
        room = new_room(stable_id("ROOM", key), "", kind="direct", creator=one, now=state.clock())
        _open(state, room, [one, other])
    return room


def describe(state: State, room: Room, seen_by: Account) -> Json:
    """Return a room as this member sees it: a 1:1 space is named after the other one."""
    return {
        "id": room.id,
        "title": title_for(state, room, seen_by),
        "type": room.kind,
        "isLocked": False,
        "lastActivity": webex_time(room.last_activity),
        "creatorId": room.creator_id,
        "created": webex_time(room.created),
        "ownerId": room.org_id,
        "isPublic": False,
        "isReadOnly": False,
    }


def title_for(state: State, room: Room, seen_by: Account) -> str:
    """Return what this member reads above a room."""
    others = [account for account in state.members_of(room) if account.id != seen_by.id]
    return others[0].display_name if room.is_direct and others else room.title


def _open(state: State, room: Room, members: list[Account]) -> None:
    state.rooms[room.id] = room
    creator = members[0]
    for member in members:
        add_member(state, room, member, actor=creator)
    announce(
        state,
        Event(
            resource="rooms",
            event="created",
            actor=creator,
            data=describe(state, room, creator),
            may_know=lambda account: account.id in room.members,
        ),
    )
