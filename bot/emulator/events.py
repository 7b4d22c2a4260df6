"""Tells webhooks what happened: who may know, whose filter fits, and the envelope.

The envelope holds ids and never what was written; a bot fetches that with its own token
(Webhooks guide, "Handling Requests from Webex").
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.emulator.clock import webex_time
from bot.emulator.records import Account, Json, Webhook
from bot.emulator.state import State
from bot.emulator.webhook_filters import FIREHOSE, parse_filter, passes


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Args:
        facts: What filters may look at beyond `data`.
        may_know: Says whether an account may be told.
    """

    resource: str
    event: str
    actor: Account
    data: Json
    may_know: Callable[[Account], bool]
    facts: Json = field(default_factory=dict)


def announce(state: State, event: Event) -> None:
    """Queue an event for every webhook that asked for it and whose owner may know."""
    for webhook in list(state.webhooks.values()):
        owner = state.accounts[webhook.owner_id]
        wanted = parse_filter(webhook.resource, webhook.filter)
        if (
            webhook.is_active
            and owner.is_active
            and _listens(webhook, event)
            and passes(wanted, event.data | event.facts, owner.id)
            and event.may_know(owner)
        ):
            envelope = _envelope(webhook, owner, event)
            state.deliveries.enqueue(webhook, json.dumps(envelope).encode())


def _listens(webhook: Webhook, event: Event) -> bool:
    hears_all = webhook.resource == "all" and event.resource in FIREHOSE
    hears_resource = hears_all or webhook.resource == event.resource
    return hears_resource and webhook.event in (event.event, "all")


def _envelope(webhook: Webhook, owner: Account, event: Event) -> Json:
    envelope = {
        "id": webhook.id,
        "name": webhook.name,
        "targetUrl": webhook.target_url,
        "resource": event.resource,
        "event": event.event,
        "filter": webhook.filter,
        "orgId": owner.org_id,
        "createdBy": owner.id,
        "appId": webhook.app_id,
        "ownedBy": "creator",
        "status": "active",
        "created": webex_time(webhook.created),
        "actorId": event.actor.id,
        "data": event.data,
    }
    return {name: value for name, value in envelope.items() if value is not None}
