"""Who is in which room, and how people and bots come and go (Memberships API)."""

from bot.emulator.call import Call, Page
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.events import Event, announce
from bot.emulator.records import Account, Json, Membership, Room
from bot.emulator.seeding import new_membership
from bot.emulator.state import State


def list_memberships(state: State, call: Call) -> Page:
    """Answer `GET /memberships`, by room or for all rooms of the caller."""
    room_id = call.query.get("roomId")
    if room_id is None and ("personId" in call.query or "personEmail" in call.query):
        raise WebexError(400, "roomId is required with personId or personEmail.")
    if room_id is None:
        found = state.memberships_with(call.account)
    else:
        found = list(state.room(room_id, call.account).members.values())
    shown = [describe(state, membership) for membership in found]
    for name in ("personId", "personEmail"):
        shown = [item for item in shown if call.query.get(name) in (None, item[name])]
    return call.page_of(shown, default=100)


def show(state: State, call: Call) -> Json:
    """Answer `GET /memberships/{membershipId}`."""
    return describe(state, _find(state, call))


def create(state: State, call: Call) -> Json:
    """Answer `POST /memberships`: let somebody into a group space."""
    room = state.room(call.required_text("roomId"), call.account)
    if room.is_direct:
        raise WebexError(400, "Nobody can be added to a 1:1 space.")
    newcomer = _newcomer(state, call)
    if newcomer.id in room.members:
        raise WebexError(409, "User is already a participant")
    moderates = call.flag("isModerator")
    membership = add_member(state, room, newcomer, actor=call.account, is_moderator=moderates)
    return describe(state, membership)


def delete(state: State, call: Call) -> None:
    """Answer `DELETE /memberships/{membershipId}`."""
    membership = _find(state, call)
    room = state.rooms[membership.room_id]
    if room.is_direct:
        raise WebexError(400, "Nobody can be removed from a 1:1 space.")
    remove_member(state, room, state.accounts[membership.person_id], actor=call.account)


def add_member(
    state: State, room: Room, newcomer: Account, *, actor: Account, is_moderator: bool = False
) -> Membership:
    """Let an account into a room and tell whoever may know."""
    now = state.clock()
    membership = new_membership(room.id, newcomer.id, now, is_moderator=is_moderator)
    room.members[newcomer.id] = membership
    _announce(state, "created", membership, actor=actor)
    return membership


def remove_member(state: State, room: Room, leaver: Account, *, actor: Account) -> None:
    """Take an account out of a room; the leaver is told as well."""
    if leaver.id not in room.members:
        raise WebexError(404, f"{leaver.email} is not in this space.")
    _announce(state, "deleted", room.members[leaver.id], actor=actor)
    del room.members[leaver.id]


def describe(state: State, membership: Membership) -> Json:
    """Return a membership as the API shows it."""
    person = state.accounts[membership.person_id]
    return {
        "id": membership.id,
        "roomId": membership.room_id,
        "personId": person.id,
        "personEmail": person.email,
        "personDisplayName": person.display_name,
        "personOrgId": person.org_id,
        "isModerator": membership.is_moderator,
        "isMonitor": False,
        "isRoomHidden": False,
        "roomType": state.rooms[membership.room_id].kind,
        "created": webex_time(membership.created),
    }


def _announce(state: State, event: str, membership: Membership, *, actor: Account) -> None:
    members = set(state.rooms[membership.room_id].members)
    announce(
        state,
        Event(
            resource="memberships",
            event=event,
            actor=actor,
            data=describe(state, membership),
            may_know=lambda account: account.id in members,
        ),
    )


def _find(state: State, call: Call) -> Membership:
    for membership in state.memberships_with(call.account):
        if membership.id == call.path["membership_id"]:
            return membership
    raise WebexError(404, "Could not find a membership with the provided ID.")


def _newcomer(state: State, call: Call) -> Account:
    person_id, email = call.text("personId"), call.text("personEmail")
    if (person_id is None) == (email is None):
        raise WebexError(400, "Exactly one of personId and personEmail is required.")
    return state.account(person_id) if person_id else state.account_by_email(email or "")
