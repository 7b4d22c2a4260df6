from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.refusals import RefusalKind, classify

GONE, CLIENT = RefusalKind.GONE, RefusalKind.CLIENT
PASSING, UNKNOWN = RefusalKind.PASSING, RefusalKind.UNKNOWN

MALFORMED = "The request could not be understood by the server due to malformed syntax."
DEAD = "The refresh token provided is expired, revoked, malformed, or invalid."


def wrapped(description: object, message: str = MALFORMED) -> dict[str, object]:
    """Write an error as webexapis.com wraps it."""
    return {
        "message": message,
        "errors": [{"description": description}],
        "trackingId": "ROUTER_1",
    }


DRESSES: dict[str, tuple[int, dict[str, object], RefusalKind]] = {
    "a dead refresh token": (400, {"error": "invalid_request", "error_description": DEAD}, GONE),
    "a dead one, wrapped": (400, wrapped(DEAD), GONE),
    "a dead one, as the standard says": (400, {"error": "invalid_grant"}, GONE),
    "a dead one with a 401": (401, {"error": "invalid_grant"}, GONE),
    "only words": (400, {"error_description": DEAD}, GONE),
    "a used code": (400, wrapped("The authorization code is invalid"), GONE),
    "too many tokens": (400, {"errors": [{"code": "tokenlimit_reached"}]}, GONE),
    "blocked": (403, {"error": "access_denied"}, GONE),
    "unknown client": (400, wrapped("Client Id is invalid"), CLIENT),
    "wrong secret": (401, {"error": "invalid_client"}, CLIENT),
    "wrong secret with a 400": (400, {"error": "invalid_client"}, CLIENT),
    "wrong secret, service app": (
        400,
        wrapped("The provided clientSecret is invalid", "Invalid client credentials"),
        CLIENT,
    ),
    "client may not": (400, {"error": "unauthorized_client"}, CLIENT),
    "bare 401": (401, {}, CLIENT),
    "client before grant": (
        400,
        {"error": "invalid_request", "error_description": "Client authentication failed"},
        CLIENT,
    ),
    "no answer": (0, {}, PASSING),
    "rate limit": (429, {}, PASSING),
    "time-out": (408, {}, PASSING),
    "locked": (423, {}, PASSING),
    "too early": (425, {}, PASSING),
    "server error": (500, {}, PASSING),
    "bad gateway": (502, {"message": "<html>"}, PASSING),
    "outage that talks of grants": (503, {"error": "invalid_grant"}, PASSING),
    "limit that talks of clients": (429, {"error": "invalid_client"}, PASSING),
    "not JSON": (400, {}, UNKNOWN),
    "a scope error": (400, {"error": "invalid_scope"}, UNKNOWN),
    "a grant type": (400, {"error": "unsupported_grant_type"}, UNKNOWN),
    "malformed, no more said": (400, {"message": MALFORMED}, UNKNOWN),
    "forbidden, no more said": (403, {}, UNKNOWN),
    "not found": (404, {}, UNKNOWN),
    "odd shapes": (400, {"error": {"a": 1}, "errors": ["x", None], "message": 7}, UNKNOWN),
    "errors is no list": (400, {"errors": "invalid_grant"}, UNKNOWN),
}


@pytest.mark.parametrize(("status", "body", "kind"), DRESSES.values(), ids=DRESSES)
def test_each_dress_of_a_refusal_is_seen_through(
    status: int, body: dict[str, object], kind: RefusalKind
) -> None:
    assert classify(status, body).kind is kind


def test_capitals_hide_nothing() -> None:
    assert classify(400, {"message": DEAD.upper()}).kind is GONE


@pytest.mark.parametrize(
    ("body", "tracking"),
    [({"trackingID": "C_1"}, "C_1"), ({"trackingId": "R_1"}, "R_1"), ({}, "")],
)
def test_the_tracking_id_is_found_under_both_its_names(
    body: dict[str, object], tracking: str
) -> None:
    assert classify(400, body).tracking_id == tracking


@pytest.mark.parametrize(
    ("status", "body", "detail"),
    [
        (400, {"error": "invalid_grant"}, "HTTP 400, invalid_grant"),
        (400, {"error": "the token abc is bad"}, "HTTP 400, no code"),
        (503, {"error": None}, "HTTP 503, no code"),
        (0, {}, "no answer"),
    ],
)
def test_the_detail_names_the_status_and_the_code(
    status: int, body: dict[str, object], detail: str
) -> None:
    assert classify(status, body).detail == detail


@given(st.integers(0, 599), st.sampled_from(["error_description", "message"]))
def test_what_webex_echoed_stays_out_of_the_detail(status: int, where: str) -> None:
    refusal = classify(status, {where: "token s3cr3t-value is expired"})
    assert "s3cr3t" not in repr(refusal)


@given(st.integers(500, 599), st.text())
def test_a_server_error_is_passing_whatever_it_says(status: int, said: str) -> None:
    assert classify(status, {"error": said, "message": said}).kind is PASSING


def test_the_wish_to_be_left_alone_is_kept() -> None:
    assert classify(429, {}, retry_after=timedelta(seconds=7)).retry_after == timedelta(seconds=7)


def test_each_kind_has_advice_of_its_own() -> None:
    assert len({kind.advice for kind in RefusalKind}) == len(RefusalKind)
