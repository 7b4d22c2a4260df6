"""A webhook on a resource: one operation, but another scope for each thing that it watches.

Apart from the ranking, because who asks for such a webhook by its name gets it without any words
being read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.catalogue.advising.advice import Candidate
from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import Watched, watched

CREATING = "POST /webhooks"
_ASKED_FOR = re.compile(
    r"\W*POST\s+(?:https?://[^\s/]+)?(?:/v1)?/webhooks/?\s+on\s+(\w+)", re.IGNORECASE
)


def webhook_on(kind: Watched, operations: Operations) -> Candidate:
    """Give the operation that makes a webhook, with the scopes that this resource asks for."""
    creating = operations.named(CREATING)
    any_of = operations.named(kind.reads).any_of if kind.reads else kind.any_of
    title = f"{creating.title} on {kind.resource}"
    webhook = replace(creating, title=title, any_of=any_of)
    return Candidate(webhook, 1.0, watches=kind.resource)


def webhook_in(ask: str, operations: Operations) -> Candidate | None:
    """Find the webhook that a phrase such as ``POST /webhooks on recordings`` asks for.

    Returns:
        None where it asks for something else, or names nothing that a webhook can watch.
    """
    found = _ASKED_FOR.match(ask)
    resource = found[1].lower() if found else ""
    kinds = watched().values() if resource else ()
    return next(
        (webhook_on(kind, operations) for kind in kinds if kind.resource.lower() == resource), None
    )
