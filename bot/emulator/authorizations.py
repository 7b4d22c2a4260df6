"""What integrations were allowed, seen and ended by an administrator (Authorizations API)."""

from bot.emulator.call import Call, Page
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.grants import AccessToken, Grant
from bot.emulator.ids import webex_id
from bot.emulator.records import Account, Json
from bot.emulator.state import State

MAY_REVOKE = {"Full Administrator", "Device Administrator", "User Administrator"}


def token_expiry(_state: State, call: Call) -> Json:
    """Answer `GET /authorizations/tokenExpiry`: when the token used here ends, in epoch ms.

    A bot's token is good for a hundred years.
    """
    expires_at = call.caller.expires_at or call.account.created.replace(year=2126, day=1)
    return {"exp": int(expires_at.timestamp() * 1000)}


def list_authorizations(state: State, call: Call) -> Page:
    """Answer `GET /authorizations`, by person; it is never cut into pages."""
    _check_role(call.account)
    person_id, email = call.query.get("personId"), call.query.get("personEmail")
    if not person_id and not email:
        raise WebexError(400, "Either personId or personEmail is required.")
    person = state.account(person_id) if person_id else state.account_by_email(email or "")
    _check_organisation(call.account, person.org_id)
    grants = [grant for grant in state.grants.living() if grant.person_id == person.id]
    return Page([item for grant in grants for item in _items(state, grant)])


def delete(state: State, call: Call) -> None:
    """Answer `DELETE /authorizations/{authorizationId}`, for a refresh or an access token."""
    _check_role(call.account)
    wanted = call.path["authorization_id"]
    for grant in state.grants.living():
        tokens = [token for token in grant.access_tokens if token.id == wanted]
        if grant.id == wanted or tokens:
            _check_organisation(call.account, grant.org_id)
            _check_own_client(call, grant)
            _end(state, grant, tokens)
            return
    raise WebexError(404, "Could not find an authorization with the provided ID.")


def delete_client(state: State, call: Call) -> None:
    """Answer `DELETE /authorizations`: end all that one integration holds in an organisation."""
    _check_role(call.account)
    if not call.query.get("clientId"):
        raise WebexError(400, "clientId is required.")
    org_id = call.query.get("orgId", call.account.org_id)
    _check_organisation(call.account, org_id)
    for grant in state.grants.living():
        if grant.client_id == call.query["clientId"] and grant.org_id == org_id:
            state.grants.revoke(grant)


def _end(state: State, grant: Grant, tokens: list[AccessToken]) -> None:
    if tokens:
        grant.access_tokens.remove(tokens[0])
    else:
        state.grants.revoke(grant)


def _items(state: State, grant: Grant) -> list[Json]:
    now, shown = state.clock(), _shown(state, grant)
    items = [shown | {"id": grant.id, "type": "refresh"}]
    alive = [token for token in grant.access_tokens if now < token.expires_at]
    return items + [shown | {"id": token.id, "type": "access"} for token in alive]


def _shown(state: State, grant: Grant) -> Json:
    return {
        "applicationId": webex_id("APPLICATION", grant.client_id),
        "applicationName": state.integrations[grant.client_id].name,
        "personId": grant.person_id,
        "clientId": grant.client_id,
        "created": webex_time(grant.created),
    }


def _check_role(account: Account) -> None:
    if MAY_REVOKE.isdisjoint(account.roles):
        raise WebexError(403, "Only full, device and user administrators may do this.")


def _check_organisation(account: Account, org_id: str) -> None:
    if org_id != account.org_id:
        raise WebexError(403, "This belongs to another organization.")


def _check_own_client(call: Call, grant: Grant) -> None:
    is_own = grant.person_id == call.account.id
    if is_own and grant.client_id != call.caller.client_id:
        raise WebexError(403, "Your own token can only be deleted with the client that issued it.")
