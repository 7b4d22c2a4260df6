"""The control API under `/_emulator/`: everything that the chat page and scripts may do.

It asks for no token, so it answers this machine alone. Changes must come as JSON, which a foreign
web page cannot send across origins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from bot.emulator import acts, json_body, switches, views
from bot.emulator.errors import WebexError
from bot.emulator.records import Json
from bot.emulator.state import State

ROOT = "/_emulator/"
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
Control = Callable[[State, Json], Json]


@dataclass(frozen=True)
class ControlRoute:
    """One thing that can be asked of the emulator."""

    method: str
    name: str
    control: Control
    example: str = ""


ROUTES = (
    ControlRoute("GET", "clock", switches.show_clock),
    ControlRoute("POST", "clock", switches.move_clock, '{"move_seconds": 86400}'),
    ControlRoute("GET", "policy", switches.show_policy),
    ControlRoute("PUT", "policy", switches.set_policy, '{"rotates_refresh_token": true}'),
    ControlRoute("DELETE", "policy", switches.reset_policy),
    ControlRoute("GET", "faults", switches.show_faults),
    ControlRoute("POST", "faults", switches.add_fault, '{"path": "/v1/messages*", "status": 502}'),
    ControlRoute("DELETE", "faults", switches.clear_faults),
    ControlRoute("PUT", "rate-limit", switches.set_rate_limit, '{"requests": 5}'),
    ControlRoute("DELETE", "rate-limit", switches.lift_rate_limit),
    ControlRoute("PUT", "latency", switches.set_latency, '{"seconds": 0.05}'),
    ControlRoute("GET", "people", views.people),
    ControlRoute("GET", "spaces", views.spaces, "?person=ana@example.com"),
    ControlRoute("GET", "transcript", views.transcript, "?space=ID or title&reader=e-mail"),
    ControlRoute("GET", "latest", views.latest),
    ControlRoute("GET", "grants", views.grants),
    ControlRoute("GET", "screen", views.screen, "?person=ana@example.com&space=ID"),
    ControlRoute("GET", "requests", views.requests, "?method=POST&path=/v1/messages"),
    ControlRoute("GET", "deliveries", views.deliveries),
    ControlRoute(
        "POST",
        "speak",
        acts.speak,
        '{"person": "ana@example.com", "to": "bot@webex.bot", "text": "help"}',
    ),
    ControlRoute(
        "POST",
        "press",
        acts.press_button,
        '{"person": "ana@example.com", "messageId": "...", "inputs": {}, "button": "Send"}',
    ),
    ControlRoute(
        "POST",
        "consent",
        acts.consent,
        '{"person": "ana@example.com", "url": "http://.../v1/authorize?...", "decision": "accept"}',
    ),
    ControlRoute("POST", "revoke", acts.revoke, '{"person": "ana@example.com", "clientId": "C1"}'),
    ControlRoute("POST", "deactivate", acts.deactivate, '{"person": "ana@example.com"}'),
    ControlRoute("POST", "members/add", acts.let_in, '{"space": "...", "person": "..."}'),
    ControlRoute("POST", "members/remove", acts.take_out, '{"space": "...", "person": "..."}'),
    ControlRoute("POST", "spaces/delete", acts.delete_space, '{"space": "..."}'),
)


def install(app: Flask, state: State) -> None:
    """Hang the control API under `/_emulator/`."""
    app.before_request(_refuse_strangers)
    app.add_url_rule(ROOT, "control index", _index, methods=["GET"])
    for route in ROUTES:
        name = f"control {route.method} {route.name}"
        app.add_url_rule(ROOT + route.name, name, _view(state, route), methods=[route.method])


def _refuse_strangers() -> None:
    """Answer this machine alone, and no page of another site that it has open.

    A foreign name that was made to point here would pass by its address; its Host tells.
    """
    if urlsplit(request.host_url).hostname not in LOCAL_NAMES:
        raise WebexError(403, "Open this by the address 127.0.0.1.")
    if not request.path.startswith(ROOT):
        return
    is_local = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - no address
    origin = request.headers.get("Origin", request.host_url)
    if not is_local or origin.rstrip("/") != request.host_url.rstrip("/"):
        raise WebexError(403, "The control API answers this machine and its own page alone.")


def _index() -> Response:
    listing = [
        {
            "request": f"{route.method} {ROOT}{route.name}",
            "does": (route.control.__doc__ or "").strip(),
            "example": route.example,
        }
        for route in ROUTES
    ]
    return jsonify(listing)


def _view(state: State, route: ControlRoute) -> Callable[[], Response]:
    def answer() -> Response:
        with state.lock:
            return jsonify(route.control(state, _wish(route.method)))

    return answer


def _wish(method: str) -> Json:
    return request.args.to_dict() if method in ("GET", "DELETE") else json_body.read(request)
