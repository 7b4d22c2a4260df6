"""The bot's webhooks as Webex has them registered.

What ought to be there, and when to mend it, is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus

from bot.core.errors import WebexRefused
from bot.core.ports import Registration
from bot.core.secrets import Secret
from bot.webex.answers import identifier, text
from bot.webex.sdk import Sdk

_MARKED = b"the name of a webhook"
_MARK_LENGTH = 8


class WebexWebhooks:
    """Satisfies ``core.ports.Webhooks`` over Webex's REST API.

    Args:
        sdk: Webex through the eyes of the bot's token.
        secret: What Webex signs each delivery with.
    """

    def __init__(self, sdk: Sdk, secret: Secret) -> None:
        self._sdk = sdk
        self._secret = secret

    def all(self) -> list[Registration]:
        """List the webhooks which this bot's token registered."""
        with self._sdk.calling() as webex:
            answers = list(webex.webhooks.list())
        return [self._registration(answer) for answer in answers]

    def create(self, resource: str, event: str, target_url: str) -> None:
        """Register one, signed with our secret."""
        with self._sdk.calling() as webex:
            webex.webhooks.create(
                name=self._name(resource, event),
                targetUrl=target_url,
                resource=resource,
                event=event,
                secret=self._secret.reveal(),
            )

    def revive(self, registration: Registration) -> None:
        """Set one active again, with our secret: Webex never does that by itself."""
        with self._sdk.calling() as webex:
            webex.webhooks.update(
                registration.id,
                name=self._name(registration.resource, registration.event),
                targetUrl=registration.target_url,
                secret=self._secret.reveal(),
                status="active",
            )

    def delete(self, webhook_id: str) -> None:
        """Remove one; well if it is already gone."""
        try:
            with self._sdk.calling() as webex:
                webex.webhooks.delete(webhook_id)
        except WebexRefused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise

    def _name(self, resource: str, event: str) -> str:
        """Name a webhook so that a changed secret shows, for Webex never tells a secret back."""
        mark = hmac.new(self._secret.reveal().encode(), _MARKED, hashlib.sha256).hexdigest()
        return f"Consentry {resource} {event} {mark[:_MARK_LENGTH]}"

    def _registration(self, answer: object) -> Registration:
        resource, event = text(answer, "resource"), text(answer, "event")
        is_active = text(answer, "status") == "active"
        return Registration(
            id=identifier(answer),
            resource=resource,
            event=event,
            target_url=text(answer, "targetUrl"),
            is_current=is_active and text(answer, "name") == self._name(resource, event),
        )
