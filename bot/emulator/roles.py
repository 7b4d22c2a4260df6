"""Administrator roles: who is one, and what their opaque ids stand for (Roles API)."""

from bot.emulator.call import Call, Page
from bot.emulator.errors import WebexError
from bot.emulator.records import Account, Json
from bot.emulator.seeding import role_id
from bot.emulator.state import State

ROLE_NAMES = (
    "Full Administrator",
    "Read-only Administrator",
    "Device Administrator",
    "User Administrator",
    "Compliance Officer",
)
ROLES = [{"id": role_id(name), "name": name} for name in ROLE_NAMES]


def is_administrator(account: Account) -> bool:
    """Say whether an account holds any administrator role."""
    return any(role.endswith("Administrator") for role in account.roles)


def list_roles(_state: State, call: Call) -> Page:
    """Answer `GET /roles`, which only administrators may ask."""
    if not is_administrator(call.account):
        raise WebexError(403, "Only administrators may list roles.")
    return Page(ROLES)


def show(state: State, call: Call) -> Json:
    """Answer `GET /roles/{roleId}`."""
    found = [role for role in list_roles(state, call).items if role["id"] == call.path["role_id"]]
    if not found:
        raise WebexError(404, "Could not find a role with the provided ID.")
    return found[0]
