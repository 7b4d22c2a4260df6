"""The table of REST routes: method, path, rule, and the scopes of which one is needed."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.emulator import (
    attachment_actions,
    authorizations,
    memberships,
    message_requests,
    people,
    roles,
    rooms,
    scopes,
    webhooks,
)
from bot.emulator.call import Call, Page
from bot.emulator.records import Json
from bot.emulator.state import State

Rule = Callable[[State, Call], Json | Page | None]


@dataclass(frozen=True)
class Route:
    """One REST operation."""

    method: str
    path: str
    rule: Rule
    any_of: tuple[str, ...] = ()


ROUTES = (
    Route("GET", "/people/me", people.show_me, scopes.ME_READ),
    Route("GET", "/people/<person_id>", people.show, scopes.PEOPLE_READ),
    Route("GET", "/people", people.list_people, scopes.PEOPLE_READ),
    Route("GET", "/roles", roles.list_roles, scopes.ROLES_READ),
    Route("GET", "/roles/<role_id>", roles.show, scopes.ROLES_READ),
    Route("GET", "/rooms", rooms.list_rooms, scopes.ROOMS_READ),
    Route("POST", "/rooms", rooms.create, scopes.ROOMS_WRITE),
    Route("GET", "/rooms/<room_id>", rooms.show, scopes.ROOMS_READ),
    Route("GET", "/memberships", memberships.list_memberships, scopes.MEMBERSHIPS_READ),
    Route("POST", "/memberships", memberships.create, scopes.MEMBERSHIPS_WRITE),
    Route("GET", "/memberships/<membership_id>", memberships.show, scopes.MEMBERSHIPS_READ),
    Route("DELETE", "/memberships/<membership_id>", memberships.delete, scopes.MEMBERSHIPS_WRITE),
    Route("GET", "/messages", message_requests.list_messages, scopes.MESSAGES_READ),
    Route("POST", "/messages", message_requests.create, scopes.MESSAGES_WRITE),
    Route("GET", "/messages/direct", message_requests.list_direct, scopes.MESSAGES_READ),
    Route("GET", "/messages/<message_id>", message_requests.show, scopes.MESSAGES_READ),
    Route("PUT", "/messages/<message_id>", message_requests.edit, scopes.MESSAGES_WRITE),
    Route("DELETE", "/messages/<message_id>", message_requests.delete, scopes.MESSAGES_WRITE),
    Route("POST", "/attachment/actions", attachment_actions.create, scopes.MESSAGES_WRITE),
    Route("GET", "/attachment/actions/<action_id>", attachment_actions.show, scopes.MESSAGES_READ),
    Route("GET", "/webhooks", webhooks.list_webhooks),
    Route("POST", "/webhooks", webhooks.create),
    Route("GET", "/webhooks/<webhook_id>", webhooks.show),
    Route("PUT", "/webhooks/<webhook_id>", webhooks.update),
    Route("DELETE", "/webhooks/<webhook_id>", webhooks.delete),
    Route("GET", "/authorizations", authorizations.list_authorizations, scopes.TOKENS_READ),
    Route("DELETE", "/authorizations", authorizations.delete_client, scopes.TOKENS_WRITE),
    Route("GET", "/authorizations/tokenExpiry", authorizations.token_expiry),
    Route(
        "DELETE",
        "/authorizations/<authorization_id>",
        authorizations.delete,
        scopes.TOKENS_WRITE,
    ),
)
