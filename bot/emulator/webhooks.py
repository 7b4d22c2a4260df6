"""Registering webhooks, and switching on again what failures switched off (Webhooks API).

Webex asks for a public HTTPS address; the emulator takes any HTTP one, since it runs beside the
bot. Webex's rule for duplicates is not documented; here a second webhook of one owner for the
same target, resource, event and filter is refused with 409.
"""

from urllib.parse import urlsplit

from bot.emulator.call import Call, Page
from bot.emulator.clock import webex_time
from bot.emulator.errors import WebexError
from bot.emulator.ids import new_id, stable_id
from bot.emulator.records import Json, Webhook
from bot.emulator.scopes import READING, is_covered
from bot.emulator.state import State
from bot.emulator.webhook_filters import check_subject, parse_filter


def list_webhooks(state: State, call: Call) -> Page:
    """Answer `GET /webhooks`."""
    _check_owned_by(call.query.get("ownedBy"))
    mine = [hook for hook in state.webhooks.values() if hook.owner_id == call.account.id]
    return call.page_of([describe(state, hook) for hook in mine], default=100)


def show(state: State, call: Call) -> Json:
    """Answer `GET /webhooks/{webhookId}`."""
    return describe(state, _find(state, call))


def create(state: State, call: Call) -> Json:
    """Answer `POST /webhooks`."""
    webhook = Webhook(
        id=new_id("WEBHOOK"),
        name=call.required_text("name"),
        target_url=_target_url(call),
        resource=call.required_text("resource"),
        event=call.required_text("event"),
        owner_id=call.account.id,
        app_id=stable_id("APPLICATION", call.caller.client_id or call.account.email),
        created=state.clock(),
        filter=call.text("filter"),
        secret=call.text("secret"),
    )
    _check_owned_by(call.text("ownedBy"))
    _check_subject(state, call, webhook)
    _check_is_new(state, webhook)
    state.webhooks[webhook.id] = webhook
    return describe(state, webhook)


def update(state: State, call: Call) -> Json:
    """Answer `PUT /webhooks/{webhookId}`: name, target, secret, and status to `active` only."""
    webhook = _find(state, call)
    name, target_url, status = call.required_text("name"), _target_url(call), call.text("status")
    if status not in (None, "active"):
        raise WebexError(400, "status can only be set to active.")
    webhook.name, webhook.target_url = name, target_url
    webhook.secret = call.text("secret") or webhook.secret
    webhook.is_active = webhook.is_active or status == "active"
    return describe(state, webhook)


def delete(state: State, call: Call) -> None:
    """Answer `DELETE /webhooks/{webhookId}`."""
    webhook = _find(state, call)
    del state.webhooks[webhook.id]
    state.deliveries.forget(webhook.id)


def describe(state: State, webhook: Webhook) -> Json:
    """Return a webhook as the API shows it."""
    owner = state.accounts[webhook.owner_id]
    shown = {
        "id": webhook.id,
        "name": webhook.name,
        "targetUrl": webhook.target_url,
        "resource": webhook.resource,
        "event": webhook.event,
        "filter": webhook.filter,
        "secret": webhook.secret,
        "orgId": owner.org_id,
        "createdBy": owner.id,
        "appId": webhook.app_id,
        "ownedBy": "creator",
        "status": "active" if webhook.is_active else "inactive",
        "created": webex_time(webhook.created),
    }
    return {name: value for name, value in shown.items() if value is not None}


def _find(state: State, call: Call) -> Webhook:
    webhook = state.webhooks.get(call.path["webhook_id"])
    if webhook is None or webhook.owner_id != call.account.id:
        raise WebexError(404, "Could not find a webhook with the provided ID.")
    return webhook


def _target_url(call: Call) -> str:
    url = call.required_text("targetUrl")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WebexError(400, f"invalid value for targetUrl: {url}")
    return url


def _check_owned_by(owned_by: str | None) -> None:
    if owned_by not in (None, "creator"):
        raise WebexError(403, "Only administrators may own webhooks of an organization.")


def _check_subject(state: State, call: Call, webhook: Webhook) -> None:
    check_subject(webhook.resource, webhook.event)
    if not is_covered(call.caller.scopes, READING.get(webhook.resource, ())):
        raise WebexError(403, f"The token lacks the scope to read {webhook.resource}.")
    wanted = parse_filter(webhook.resource, webhook.filter)
    if "roomId" in wanted and call.account.id not in _members(state, wanted["roomId"]):
        raise WebexError(400, "invalid value for filter: roomId")


def _members(state: State, room_id: str) -> list[str]:
    return list(state.rooms[room_id].members) if room_id in state.rooms else []


def _check_is_new(state: State, webhook: Webhook) -> None:
    wish = _wish(webhook)
    if any(_wish(other) == wish for other in state.webhooks.values()):
        raise WebexError(409, "There is already a webhook for this target, event and filter.")


def _wish(webhook: Webhook) -> tuple[str, str, str, str, str | None]:
    target = webhook.target_url
    return webhook.owner_id, target, webhook.resource, webhook.event, webhook.filter
