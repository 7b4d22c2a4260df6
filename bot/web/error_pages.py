"""Every failure ends in words: a page for a person, a problem document for a program.

The latter are problem details (RFC 9457). Separate, because an error may come from any door, and
from none: an address that nobody serves.
"""

from __future__ import annotations

import json
import logging
import traceback
from http import HTTPStatus
from typing import NamedTuple

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from bot.core.errors import BadInput, WebexError

_LOG = logging.getLogger(__name__)
_FOR_PROGRAMS = ("/api/", "/webhooks/")
_RETRY_SECONDS = 60


class Failure(NamedTuple):
    """What a reader is told: a title, what happened, and what to do now."""

    title: str
    message: str
    advice: str


_WEBEX_FAILED = Failure(
    "Webex could not finish",
    "Webex did not answer as it should, so nothing was stored.",
    "Wait a minute, then ask me in the chat for a new link.",
)
_OUR_FAULT = Failure(
    "Something went wrong on our side",
    "The fault is ours and has been noted.",
    "Try again in a few minutes. If it repeats, tell the people who run this bot.",
)
_FAILURES = {
    HTTPStatus.BAD_REQUEST: Failure(
        "That request made no sense",
        "Something in the address, or in what was sent, is not as it should be.",
        "Open the link from your chat again, just as it stands there.",
    ),
    HTTPStatus.UNAUTHORIZED: Failure(
        "Not signed",
        "The signature is missing or does not fit what was sent.",
        "Check that both sides hold the same secret.",
    ),
    HTTPStatus.NOT_FOUND: Failure(
        "There is nothing here",
        "No page has this address.",
        "Check the address, or open the link from your chat again.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Failure(
        "Not this way",
        "This address exists, but does not take this kind of request.",
        "Use one of the methods that the Allow header names.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Failure(
        "That was too much",
        "More was sent than this address takes.",
        "Send less.",
    ),
}


def install(app: Flask) -> None:
    """Answer every error of the application in words."""
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(WebexError, _webex_failed)
    app.register_error_handler(Exception, _unexpected)


def answer(failure: Failure, status: int) -> Response:
    """Tell the reader about a failure, each in the form that it can read."""
    if request.path.startswith(_FOR_PROGRAMS):
        return _problem(failure, status)
    return make_response(render_template("notice.html", **failure._asdict()), status)


def _problem(failure: Failure, status: int) -> Response:
    problem = {
        "type": "about:blank",
        "title": failure.title,
        "status": status,
        "detail": f"{failure.message} {failure.advice}",
    }
    return Response(json.dumps(problem), status, mimetype="application/problem+json")


def _known(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    plain = Failure(status.phrase, "This request was refused.", "Check it and try again.")
    response = answer(_FAILURES.get(status, plain), status)
    response.headers.extend(
        (name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")
    )
    return response


def _bad_input(error: BadInput) -> Response:
    title = _FAILURES[HTTPStatus.BAD_REQUEST].title
    return answer(Failure(title, error.message, error.advice), HTTPStatus.BAD_REQUEST)


def _webex_failed(error: WebexError) -> Response:
    _LOG.warning("Webex failed while a page was asked for. %s", error)
    response = answer(_WEBEX_FAILED, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _unexpected(error: Exception) -> Response:
    """Note where it happened, not its words nor the address: both may quote a ticket or a code."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("%s in %s\n%s", type(error).__name__, request.endpoint, frames)
    return answer(_OUR_FAULT, HTTPStatus.INTERNAL_SERVER_ERROR)
