"""Turns the written-down organisation into accounts and rooms with stable ids."""

from datetime import datetime

from bot.emulator.ids import inner_key, stable_id, webex_id
from bot.emulator.organisation import Bot, Organisation, Person
from bot.emulator.records import Account, Membership, Room


def accounts_of(organisation: Organisation, now: datetime) -> dict[str, Account]:
    """Return the accounts of all people and bots, by id."""
    accounts = [_person(person, organisation.name, now) for person in organisation.people]
    accounts += [_bot(bot, organisation.name, now) for bot in organisation.bots]
    return {account.id: account for account in accounts}


def rooms_of(
    organisation: Organisation, accounts: dict[str, Account], now: datetime
) -> dict[str, Room]:
    """Return the group spaces that exist from the start, by id."""
    by_email = {account.email: account for account in accounts.values()}
    rooms: dict[str, Room] = {}
    for space in organisation.spaces:
        members = [by_email[email.lower()] for email in space.members]
        room = new_room(
            stable_id("ROOM", space.title), space.title, kind="group", creator=members[0], now=now
        )
        for member in members:
            room.members[member.id] = new_membership(room.id, member.id, now)
        rooms[room.id] = room
    return rooms


def new_room(room_id: str, title: str, *, kind: str, creator: Account, now: datetime) -> Room:
    """Return an empty room that belongs to its creator's organisation."""
    return Room(room_id, kind, title, creator.id, creator.org_id, now, now)


def new_membership(
    room_id: str, person_id: str, now: datetime, *, is_moderator: bool = False
) -> Membership:
    """Return a membership, whose id names the person and the room as Webex's does."""
    key = f"{inner_key(person_id)}:{inner_key(room_id)}"
    return Membership(webex_id("MEMBERSHIP", key), room_id, person_id, now, is_moderator)


def role_id(name: str) -> str:
    """Return the opaque id that stands for an administrator role."""
    return stable_id("ROLE", name)


def _person(person: Person, org_name: str, now: datetime) -> Account:
    email = person.email.lower()
    return Account(
        id=stable_id("PEOPLE", email),
        email=email,
        display_name=person.display_name,
        org_id=stable_id("ORGANIZATION", person.org or org_name),
        kind="person",
        created=now,
        roles=person.roles,
        timezone=person.timezone,
    )


def _bot(bot: Bot, org_name: str, now: datetime) -> Account:
    email = bot.email.lower()
    org_id = stable_id("ORGANIZATION", org_name)
    return Account(stable_id("PEOPLE", email), email, bot.name, org_id, "bot", now)
