"""The door for REST requests: token, scope and body in, the rule's answer out."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Flask, Request, Response, jsonify, request

from bot.emulator import json_body
from bot.emulator.call import Call, Caller, Page
from bot.emulator.errors import WebexError
from bot.emulator.records import Json
from bot.emulator.routes import ROUTES, Route
from bot.emulator.scopes import is_covered
from bot.emulator.state import State


def install(app: Flask, state: State) -> None:
    """Hang every REST route under `/v1`."""
    for route in ROUTES:
        name = f"{route.method} {route.path}"
        view = _view(state, route)
        app.add_url_rule(f"/v1{route.path}", name, view, methods=[route.method])


def authenticate(state: State, header: str | None) -> Caller:
    """Return who stands behind an Authorization header, or refuse with 401."""
    kind, _, token = (header or "").partition(" ")
    caller = _caller(state, token.strip()) if kind.lower() == "bearer" else None
    if caller is None or not caller.account.is_active:
        raise WebexError(401, "The access token is missing, unknown, expired or revoked.")
    return caller


def _caller(state: State, token: str) -> Caller | None:
    if token in state.bot_tokens:
        return Caller(state.bot_tokens[token], token)
    found = state.grants.by_access_token(token)
    if found is None:
        return None
    grant, access_token = found
    person = state.accounts[grant.person_id]
    scopes = frozenset(grant.scopes)
    return Caller(person, token, scopes, grant.client_id, access_token.expires_at)


def _view(state: State, route: Route) -> Callable[..., Response]:
    def answer(**path: str) -> Response:
        with state.lock:
            caller = authenticate(state, request.headers.get("Authorization"))
            if not is_covered(caller.scopes, route.any_of):
                wanted = " or ".join(route.any_of)
                raise WebexError(403, f"The access token lacks a required scope: {wanted}.")
            call = Call(caller, path, request.args.to_dict(), _body(request))
            return _response(route.rule(state, call))

    return answer


def _body(asked: Request) -> Json:
    return json_body.read(asked) if asked.method in ("POST", "PUT") else {}


def _response(result: Json | Page | None) -> Response:
    if result is None:
        return Response(status=204)
    if not isinstance(result, Page):
        return jsonify(result)
    response = jsonify({"items": result.items})
    if result.next_cursor is not None:
        query = urlencode(request.args.to_dict() | {"cursor": result.next_cursor})
        response.headers["Link"] = f'<{request.base_url}?{query}>; rel="next"'
    return response
