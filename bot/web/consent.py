"""The door for a person's browser: from the link in the chat to Webex, and back.

Nothing here is logged: the addresses hold tickets, codes and states.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, make_response, render_template, request

from bot.core.consent import Answer
from bot.core.errors import (
    AnswerUnknown,
    BlockedByOrganisation,
    ConsentDenied,
    ConsentFailed,
    LinkUnknown,
    LinkUsed,
    OtherBrowser,
    ScopesRefused,
    WebexFailed,
    WrongAccount,
)
from bot.core.secrets import Secret
from bot.flows.consent import Consent
from bot.web.browser import BrowserCookie
from bot.web.error_pages import Failure, answer

_LONGEST = {"state": 256, "code": 4096, "error": 128, "error_description": 2048}
"""What Webex sends is far shorter; a code may be a whole JWT."""
_LONGEST_TICKET = 128
_STATUSES: dict[type[ConsentFailed], HTTPStatus] = {
    LinkUnknown: HTTPStatus.NOT_FOUND,
    LinkUsed: HTTPStatus.GONE,
    AnswerUnknown: HTTPStatus.CONFLICT,
    OtherBrowser: HTTPStatus.PRECONDITION_FAILED,
    ConsentDenied: HTTPStatus.FORBIDDEN,
    ScopesRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    BlockedByOrganisation: HTTPStatus.FORBIDDEN,
    WebexFailed: HTTPStatus.FAILED_DEPENDENCY,
    WrongAccount: HTTPStatus.FORBIDDEN,
}


def blueprint(*, consent: Consent, secret_key: Secret, is_secure: bool) -> Blueprint:
    """Build the door.

    Args:
        consent: Decides what a link and an answer lead to.
        secret_key: Signs the cookie that knows a browser again.
        is_secure: Whether browsers reach it over TLS.
    """
    door = Blueprint("consent", __name__)
    cookie = BrowserCookie(secret_key, is_secure=is_secure)
    door.before_request(_leave_heads_alone)
    door.register_error_handler(ConsentFailed, _failed)

    @door.get("/connect/<ticket>")
    def connect(ticket: str) -> Response:
        if len(ticket) > _LONGEST_TICKET:
            abort(HTTPStatus.NOT_FOUND)
        browser = cookie.read(request) or cookie.new_value()
        # Without a body: a page about the redirect would quote the state.
        response = Response(
            status=HTTPStatus.FOUND, headers={"Location": consent.open(ticket, browser)}
        )
        cookie.write(response, browser)
        return response

    @door.get("/oauth/callback")
    def callback() -> Response:
        connection, integration = consent.finish(_answer(), cookie.read(request))
        return make_response(
            render_template("connected.html", connection=connection, integration=integration)
        )

    return door


def _leave_heads_alone() -> Response | None:
    """Answer a HEAD, by which programs look at links, without opening or using anything."""
    return Response() if request.method == "HEAD" else None


def _answer() -> Answer:
    return Answer(
        state=_parameter("state"),
        code=_parameter("code"),
        error=_parameter("error"),
        description=_parameter("error_description"),
    )


def _parameter(name: str) -> str:
    """Read a parameter that Webex sends at most once, and never at length."""
    given = request.args.getlist(name)
    if len(given) > 1 or len("".join(given)) > _LONGEST[name]:
        abort(HTTPStatus.BAD_REQUEST)
    return "".join(given)


def _failed(error: ConsentFailed) -> Response:
    status = _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)
    return answer(Failure(error.title, error.message, error.advice), status)
