"""The living organisation, in memory: every table, and how things are found in them.

One lock guards all of it. The REST door takes it for each request; a test in the same process
takes it (`with webex.state.lock`) where it reads more than one thing at once.
"""

import itertools
import threading

from bot.emulator.clock import EmulatorClock
from bot.emulator.consent_desk import ConsentDesk
from bot.emulator.deliveries import Deliveries
from bot.emulator.errors import WebexError
from bot.emulator.faults import Faults
from bot.emulator.grants import Grants
from bot.emulator.organisation import Integration, Organisation
from bot.emulator.records import (
    Account,
    AttachmentAction,
    Membership,
    Message,
    Room,
    Webhook,
)
from bot.emulator.request_log import RequestLog
from bot.emulator.seeding import accounts_of, rooms_of


class State:
    """Hold all that the emulated Webex knows at this moment."""

    def __init__(self, organisation: Organisation, clock: EmulatorClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.accounts: dict[str, Account] = accounts_of(organisation, clock())
        self.bot_tokens = {bot.token: self.account_by_email(bot.email) for bot in organisation.bots}
        self.rooms: dict[str, Room] = rooms_of(organisation, self.accounts, clock())
        self.messages: dict[str, Message] = {}
        self.actions: dict[str, AttachmentAction] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.read_up_to: dict[tuple[str, str], int] = {}
        self.integrations: dict[str, Integration] = {
            integration.client_id: integration for integration in organisation.integrations
        }
        self.grants = Grants(clock)
        self.consent_desk = ConsentDesk()
        self.deliveries = Deliveries(clock, self.lock)
        self.faults = Faults(clock)
        self.requests = RequestLog(clock)
        self.message_numbers = itertools.count(1)

    def account(self, account_id: str) -> Account:
        """Return an account by its id, or refuse with 404."""
        if account_id not in self.accounts:
            raise WebexError(404, "Could not find a person with the provided ID.")
        return self.accounts[account_id]

    def account_by_email(self, email: str) -> Account:
        """Return an account by its e-mail address, or refuse with 404."""
        for account in self.accounts.values():
            if account.email == email.lower():
                return account
        raise WebexError(404, f"Could not find a person with the e-mail address {email}.")

    def room(self, room_id: str, seen_by: Account) -> Room:
        """Return a room that this account is a member of, or refuse with 404."""
        room = self.rooms.get(room_id)
        if room is None or seen_by.id not in room.members:
            raise WebexError(404, "Could not find a room with the provided ID.")
        return room

    def rooms_with(self, account: Account) -> list[Room]:
        """Return the rooms of an account, the most lately active first."""
        rooms = [room for room in self.rooms.values() if account.id in room.members]
        return sorted(rooms, key=lambda room: room.last_activity, reverse=True)

    def direct_room(self, one: Account, other: Account) -> Room | None:
        """Return the 1:1 space of two accounts, if they ever talked."""
        pair = {one.id, other.id}
        return next(
            (r for r in self.rooms.values() if r.is_direct and set(r.members) == pair), None
        )

    def delete_room(self, room: Room) -> None:
        """Forget a room and all that was said in it."""
        del self.rooms[room.id]
        for table in (self.messages, self.actions):
            for gone in [key for key, said in table.items() if said.room_id == room.id]:
                del table[gone]

    def members_of(self, room: Room) -> list[Account]:
        """Return the accounts that are in a room."""
        return [self.accounts[person_id] for person_id in room.members]

    def memberships_with(self, account: Account) -> list[Membership]:
        """Return every membership in the rooms of an account."""
        return [m for room in self.rooms_with(account) for m in room.members.values()]

    def messages_in(self, room: Room) -> list[Message]:
        """Return what still stands in a room, the newest first."""
        kept = [m for m in self.messages.values() if m.room_id == room.id and not m.is_deleted]
        return kept[::-1]
