"""The door for Webex: a webhook is verified, made durable, and only then acknowledged.

Nothing of a body is ever logged or echoed. Webex disables a webhook after 100 answers other than
2xx in five minutes, so what is well-formed but none of our business is welcomed, too.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus

from flask import Blueprint, Response, abort, request

from bot.core.secrets import Secret
from bot.flows.intake import Intake
from bot.web.signature import is_signed

_LOG = logging.getLogger(__name__)
_LARGEST_BODY = 64 * 1024
"""Webex sends ids and little else; a real webhook has about one kilobyte."""
_RETRY_SECONDS = "5"


def blueprint(*, intake: Intake, secret: Secret) -> Blueprint:
    """Build the door.

    Args:
        intake: Keeps what came.
        secret: What the webhooks were registered with.
    """
    door = Blueprint("webhooks", __name__)

    @door.post("/webhooks/webex")
    def receive() -> Response:
        body = _body()
        if not is_signed(request.headers, body, secret):
            _count_forgery(intake)
            abort(HTTPStatus.UNAUTHORIZED)
        return _keep(intake, _parsed(body))

    return door


def _count_forgery(intake: Intake) -> None:
    try:
        intake.forged()
    except Exception as error:  # noqa: BLE001 - the answer to a forgery does not depend on it
        _LOG.warning("A forged webhook could not be counted (%s).", type(error).__name__)


def _body() -> bytes:
    """Read the raw bytes, of which a chunked body gives more than any header says."""
    # One byte above what is fine: Werkzeug cuts a longer chunked body there without a word.
    request.max_content_length = _LARGEST_BODY + 1
    body = request.get_data(cache=False)
    if len(body) > _LARGEST_BODY:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return body


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        abort(HTTPStatus.BAD_REQUEST)


def _keep(intake: Intake, envelope: object) -> Response:
    try:
        intake.accept(envelope)
    except Exception as error:  # noqa: BLE001 - whatever it was, the event is not durable
        _LOG.warning("A webhook could not be kept (%s); Webex was told so.", type(error).__name__)
        return Response(
            status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": _RETRY_SECONDS}
        )
    return Response(status=HTTPStatus.NO_CONTENT)
