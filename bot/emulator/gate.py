"""Stands around every request under `/v1`: rate limits, faults, refusals, the log.

It is apart from the rules so that misbehaving on demand stays invisible to them.
"""

import socket

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from bot.emulator.errors import WebexError, error_body, new_tracking_id
from bot.emulator.faults import Fault, RateLimit
from bot.emulator.rest import authenticate
from bot.emulator.state import State


def install(app: Flask, state: State) -> None:
    """Put the gate around the REST and OAuth routes of an app."""

    def arrive() -> Response | None:
        g.tracking_id, g.fault = new_tracking_id(), None
        return _meet(state) if _is_api() else None

    def leave(response: Response) -> Response:
        return _depart(state, response) if _is_api() else response

    app.before_request(arrive)
    app.after_request(leave)
    app.register_error_handler(WebexError, _refuse)
    app.register_error_handler(HTTPException, _refuse_http)


def _is_api() -> bool:
    return request.path.startswith("/v1/")


def _meet(state: State) -> Response | None:
    with state.lock:
        limited = _limited(state)
        g.fault = None if limited else state.faults.take(request.method, request.path)
    if limited is not None:
        return limited
    fault: Fault | None = g.fault
    state.faults.wait(fault)
    if fault is not None and fault.drop == "before":
        _hang_up()
    return _spoiled(fault) if fault is not None and fault.status is not None else None


def _limited(state: State) -> Response | None:
    limit = state.faults.rate_limit
    wait = state.faults.over_limit(request.headers.get("Authorization", ""))
    if limit is None or wait is None:
        return None
    response = _too_many(limit)
    response.headers.extend(limit.header(wait, state.clock()))
    return response


def _too_many(limit: RateLimit) -> Response:
    if limit.is_html:
        page = "<html><body><h1>429 Too Many Requests</h1></body></html>"
        return Response(page, status=429, mimetype="text/html")
    return _json(429, "The rate limit of this access token is used up.")


def _spoiled(fault: Fault) -> Response:
    status = fault.status or 500
    if fault.html is not None:
        response = Response(fault.html, status=status, mimetype="text/html")
    elif fault.body is not None:
        response = jsonify(fault.body)
        response.status_code = status
    else:
        response = _json(status, "A failure that was asked for.")
    response.headers.extend(fault.headers)
    return response


def _depart(state: State, response: Response) -> Response:
    response.headers["Trackingid"] = g.tracking_id
    line = (request.method, request.path, request.query_string.decode())
    state.requests.add(line, _account_email(state), (response.status_code, g.tracking_id))
    fault: Fault | None = g.fault
    if fault is not None and fault.drop == "after":
        _hang_up()
    return response


def _account_email(state: State) -> str | None:
    try:
        with state.lock:
            return authenticate(state, request.headers.get("Authorization")).account.email
    except WebexError:
        return None


def _hang_up() -> None:
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)


def _refuse(error: WebexError) -> Response:
    return _json(error.status, error.description)


def _refuse_http(error: HTTPException) -> Response | HTTPException:
    return _json(error.code or 500, error.name) if _is_api() else error


def _json(status: int, description: str) -> Response:
    response = jsonify(error_body(status, description, g.tracking_id))
    response.status_code = status
    return response
