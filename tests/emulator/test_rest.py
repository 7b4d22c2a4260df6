"""The door, and whether what comes out of it keeps to the published contract."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import requests

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    CARD,
    ROBO,
    SAM,
    SCOPES,
    Api,
    Control,
    Json,
    card_attachment,
    signed_in,
)

ROOT = Path(__file__).parents[2]
OPENAPI = (ROOT / os.environ.get("WEBEX_OPENAPI_DIR", "../shared/webex/openapi")).resolve()
MESSAGING, ADMIN = "webex-messaging.patched.json", "webex-admin.json"
needs_openapi = pytest.mark.skipif(
    not (OPENAPI / MESSAGING).is_file(),
    reason=f"CONTRACT NOT CHECKED: no {MESSAGING} in {OPENAPI}; set WEBEX_OPENAPI_DIR",
)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic cm9ibw==", "robo-token"]
)
def test_without_a_good_token_nothing_is_told(webex: Emulator, header: str | None) -> None:
    headers = {"Authorization": header} if header is not None else {}
    answer = requests.get(f"{webex.api_url}/people/me", headers=headers, timeout=5)
    assert answer.status_code == 401
    assert answer.json()["trackingId"]


def test_a_missing_scope_is_named(webex: Emulator) -> None:
    answer = signed_in(webex, ANA, "spark:people_read")("GET", "/rooms")
    assert answer.status_code == 403
    assert "spark:rooms_read" in answer.text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"title=x", 415),
        ({}, b"{}", 415),
        ({"Content-Type": "application/json"}, b"{", 400),
        ({"Content-Type": "application/json"}, b"[]", 400),
        ({"Content-Type": "application/json"}, b'{"title": "\xff"}', 400),
        ({"Content-Type": "application/json; charset=utf-8"}, b'{"title": "x"}', 200),
    ],
)
def test_a_body_must_be_a_json_object(
    robo: Api, headers: dict[str, str], body: bytes, status: int
) -> None:
    known = headers | {"Authorization": f"Bearer {robo.token}"}
    answer = requests.post(f"{robo.url}/rooms", data=body, headers=known, timeout=5)
    assert answer.status_code == status


def test_a_next_page_is_linked_with_the_same_question(robo: Api) -> None:
    for title in ("a", "b"):
        robo.ok("POST", "/rooms", {"title": title})
    first = robo("GET", "/rooms", max="2", type="group")
    link = first.links["next"]["url"]
    assert "type=group" in link
    assert "max=2" in link
    headers = {"Authorization": f"Bearer {robo.token}"}
    second = requests.get(link, headers=headers, timeout=5)
    assert [room["title"] for room in second.json()["items"]] == ["Telephony"]
    assert "next" not in second.links


@cache
def specification(name: str) -> Json:
    loaded: Json = json.loads((OPENAPI / name).read_text())
    return loaded


def check(name: str, operation: str, answer: Json) -> None:
    """Check an answer against the schema of its operation, and that it has no field of its own."""
    document = specification(name)
    method, path = operation.split(" ")
    responses = document["paths"][path][method.lower()]["responses"]
    schema = responses["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft4Validator({**schema, "components": document["components"]}).validate(answer)
    allowed = properties(document, schema)
    items = [answer, *answer.get("items", [])] if "items" in answer else [answer]
    for item in items:
        assert set(item) - EXTRA.get(path, set()) <= allowed, set(item) - allowed


def properties(document: Json, schema: Json) -> set[str]:
    """Return the field names of a schema, and of the items of a list."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    own: Json = schema.get("properties", {})
    listed = own.get("items", {}).get("items")
    return set(own) | (properties(document, listed) if listed else set())


# What the guides and the real service show beyond the OpenAPI files.
MESSAGE = {"html", "updated", "parentId", "mentionedPeople", "attachments"}
PERSON = {"userName"}
HOOK = {"orgId", "createdBy", "appId"}
EXTRA = {
    "/messages": MESSAGE,
    "/messages/direct": MESSAGE,
    "/messages/{messageId}": {"mentionedPeople"},
    "/people": PERSON,
    "/people/me": PERSON,
    "/people/{personId}": PERSON,
    "/webhooks": HOOK,
    "/webhooks/{webhookId}": HOOK,
}


@needs_openapi
def test_reading_answers_keep_to_the_contract(robo: Api, control: Control) -> None:
    said = control.say(ANA, "@Robo hi", space="Telephony")
    control.say(ANA, "hi", to=ROBO)
    room = {"roomId": said["roomId"]}
    membership = robo.ok("GET", "/memberships", **room)["items"][0]["id"]
    for operation, path, query in (
        ("GET /people/me", "/people/me", {}),
        ("GET /people", "/people", {"email": ANA}),
        ("GET /people/{personId}", f"/people/{said['personId']}", {}),
        ("GET /rooms", "/rooms", {}),
        ("GET /rooms/{roomId}", f"/rooms/{said['roomId']}", {}),
        ("GET /memberships", "/memberships", room),
        ("GET /memberships/{membershipId}", f"/memberships/{membership}", {}),
        ("GET /messages", "/messages", room | {"mentionedPeople": "me"}),
        ("GET /messages/direct", "/messages/direct", {"personEmail": ANA}),
        ("GET /messages/{messageId}", f"/messages/{said['id']}", {}),
    ):
        check(MESSAGING, operation, robo.ok("GET", path, **query))


@needs_openapi
def test_writing_answers_keep_to_the_contract(robo: Api, telephony: str) -> None:
    wish = {"roomId": telephony, "markdown": "**x**"}
    plain = robo.ok("POST", "/messages", wish)
    card = robo.ok("POST", "/messages", wish | {"attachments": card_attachment(CARD)})
    pressed = {"type": "submit", "messageId": card["id"], "inputs": {"note": "x"}}
    action = robo.ok("POST", "/attachment/actions", pressed)
    invited = {"roomId": telephony, "personEmail": SAM}
    checks: tuple[tuple[str, Callable[[], Json]], ...] = (
        ("POST /messages", lambda: card),
        ("PUT /messages/{messageId}", lambda: robo.ok("PUT", f"/messages/{plain['id']}", wish)),
        ("POST /attachment/actions", lambda: action),
        (
            "GET /attachment/actions/{id}",
            lambda: robo.ok("GET", f"/attachment/actions/{action['id']}"),
        ),
        ("POST /rooms", lambda: robo.ok("POST", "/rooms", {"title": "New"})),
        ("POST /memberships", lambda: robo.ok("POST", "/memberships", invited)),
    )
    for operation, answer in checks:
        check(MESSAGING, operation, answer())


@needs_openapi
def test_webhook_answers_keep_to_the_contract(robo: Api) -> None:
    wish = {"name": "n", "targetUrl": "http://127.0.0.1:9/", "resource": "messages"}
    created = robo.ok("POST", "/webhooks", wish | {"event": "created", "secret": "x"})
    path = f"/webhooks/{created['id']}"
    check(MESSAGING, "POST /webhooks", created)
    check(MESSAGING, "GET /webhooks", robo.ok("GET", "/webhooks"))
    check(MESSAGING, "GET /webhooks/{webhookId}", robo.ok("GET", path))
    check(MESSAGING, "PUT /webhooks/{webhookId}", robo.ok("PUT", path, wish))


@needs_openapi
def test_administrators_answers_keep_to_the_contract(webex: Emulator) -> None:
    sam = signed_in(webex, SAM, " ".join(SCOPES))
    check(ADMIN, "GET /people/me", sam.ok("GET", "/people/me"))
    check(ADMIN, "GET /authorizations", sam.ok("GET", "/authorizations", personEmail=SAM))
    check(ADMIN, "GET /authorizations/tokenExpiry", sam.ok("GET", "/authorizations/tokenExpiry"))
    check(ADMIN, "GET /roles", sam.ok("GET", "/roles"))
