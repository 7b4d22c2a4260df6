"""Who somebody is, as far as the one who asks may know (People API)."""

from bot.emulator.call import Call, Page
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.records import Account, Json
from bot.emulator.roles import is_administrator
from bot.emulator.seeding import role_id
from bot.emulator.state import State

MOST_IDS = 85  # people that one request may ask for by id


def show_me(_state: State, call: Call) -> Json:
    """Answer `GET /people/me`."""
    return describe(call.account, seen_by=call.account)


def show(state: State, call: Call) -> Json:
    """Answer `GET /people/{personId}`."""
    return describe(state.account(call.path["person_id"]), seen_by=call.account)


def list_people(state: State, call: Call) -> Page:
    """Answer `GET /people`, which finds people of one's own organisation only."""
    if "id" in call.query:
        found = _by_id(state, call.query["id"])
    elif "email" in call.query or "displayName" in call.query or is_administrator(call.account):
        found = _by_name(state, call)
    else:
        raise WebexError(400, "Email, displayName, or id list should be specified.")
    return call.page_of([describe(person, seen_by=call.account) for person in found], default=100)


def describe(account: Account, *, seen_by: Account) -> Json:
    """Return an account as this viewer may see it."""
    first, _, last = account.display_name.partition(" ")
    shown: Json = {
        "id": account.id,
        "emails": [account.email],
        "displayName": account.display_name,
        "nickName": first,
        "firstName": first,
        "lastName": last,
        "orgId": account.org_id,
        "created": webex_time(account.created),
        "type": account.kind,
    }
    if account.org_id == seen_by.org_id and not account.is_bot:
        shown |= {"userName": account.email, "timezone": account.timezone}
        shown |= {"lastModified": webex_time(account.created), "status": "active"}
        if is_administrator(seen_by):
            shown |= _for_administrators(account)
    return shown


def _for_administrators(account: Account) -> Json:
    return {
        "roles": [role_id(role) for role in account.roles],
        "licenses": [],
        "invitePending": "false",
        "loginEnabled": "true" if account.is_active else "false",
    }


def _by_id(state: State, ids: str) -> list[Account]:
    wanted = ids.split(",")
    if len(wanted) > MOST_IDS:
        raise WebexError(400, f"At most {MOST_IDS} ids may be asked for at once.")
    return [state.accounts[person_id] for person_id in wanted if person_id in state.accounts]


def _by_name(state: State, call: Call) -> list[Account]:
    email, name = call.query.get("email", ""), call.query.get("displayName", "")
    return [
        account
        for account in state.accounts.values()
        if account.org_id == call.account.org_id
        and email.lower() in ("", account.email)
        and account.display_name.lower().startswith(name.lower())
    ]
