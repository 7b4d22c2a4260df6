import json
import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import GrantRefused
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair
from bot.webex.token_answer import parse_token, read_tokens
from tests.webex.conftest import NOON
from tests.webex.test_answers import answered

KINDS = RefusalKind

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def lifetime(given: object) -> timedelta | None:
    return parse_token({"access_token": "a", "expires_in": given}).access_lives


def scopes(given: object) -> tuple[str, ...] | None:
    return parse_token({"access_token": "a", "scope": given}).scopes


def test_a_whole_answer_is_read() -> None:
    answer = {
        "access_token": "a",
        "refresh_token": "r",
        "expires_in": 1209599,
        "refresh_token_expires_in": 7775999,
        "token_type": "Bearer",
        "scope": "spark:all spark:kms",
    }
    assert parse_token(answer) == TokenPair(
        Secret("a"),
        Secret("r"),
        timedelta(seconds=1209599),
        timedelta(seconds=7775999),
        ("spark:all", "spark:kms"),
    )


def test_what_is_not_said_is_not_guessed() -> None:
    assert parse_token({"access_token": "a"}) == TokenPair(Secret("a"))


@pytest.mark.parametrize("given", [3600, 3600.0, "3600"], ids=repr)
def test_a_plain_number_is_a_lifetime(given: object) -> None:
    assert lifetime(given) == timedelta(hours=1)


@pytest.mark.parametrize(
    "given",
    [
        *(None, True, False, 0, -1, math.nan, math.inf, -math.inf, 10**400, 10**10),
        *("", "soon", "-1", "1.5", "²", "9" * 5000, [3600], {"seconds": 3600}),
    ],
    ids=lambda given: repr(given)[:20],
)
def test_a_lifetime_that_makes_no_sense_counts_as_not_said(given: object) -> None:
    assert lifetime(given) is None


@pytest.mark.parametrize("given", ["spark:all spark:kms", ["spark:all", 7, "spark:kms"]])
def test_scopes_come_as_a_text_or_a_list(given: object) -> None:
    assert scopes(given) == ("spark:all", "spark:kms")


@pytest.mark.parametrize("given", [None, "", " ", [], [7], 7, {}])
def test_scopes_that_are_not_said_are_unknown_rather_than_none(given: object) -> None:
    assert scopes(given) is None


@pytest.mark.parametrize("given", [{}, {"access_token": ""}, {"access_token": 7}])
def test_a_success_without_an_access_token_is_a_refusal_nobody_can_read(
    given: dict[str, object],
) -> None:
    with pytest.raises(GrantRefused) as refused:
        parse_token(given)
    assert refused.value.refusal.kind is RefusalKind.UNKNOWN


def test_a_success_that_names_an_error_is_that_refusal() -> None:
    with pytest.raises(GrantRefused) as refused:
        parse_token({"error": "invalid_grant"})
    assert refused.value.refusal.kind is RefusalKind.GONE


def refusal_of(status: int, body: object, **headers: str) -> Refusal:
    text = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(GrantRefused) as refused:
        read_tokens(answered(status, text, **headers), now=NOON)
    return refused.value.refusal


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": "invalid_grant"}, KINDS.GONE),
        (400, {"error": "invalid_client"}, KINDS.CLIENT),
        (401, {}, KINDS.CLIENT),
        (400, {"message": "?", "errors": [{"description": "Client Id is invalid"}]}, KINDS.CLIENT),
        (400, {"message": "malformed syntax"}, KINDS.UNKNOWN),
        (404, {}, KINDS.UNKNOWN),
        (429, {}, KINDS.PASSING),
        (500, {"error": "invalid_grant"}, KINDS.PASSING),
        (503, {}, KINDS.PASSING),
        (200, {"token_type": "Bearer"}, KINDS.UNKNOWN),
        (200, {"error": "invalid_grant"}, KINDS.GONE),
        (302, {}, KINDS.PASSING),
        (429, "<html>Too Many Requests</html>", KINDS.PASSING),
        (502, "<html>Bad Gateway</html>", KINDS.PASSING),
        (400, "<html>?</html>", KINDS.UNKNOWN),
        (200, "<html>Sign in to the hotel's network</html>", KINDS.PASSING),
        (200, '{"access_token": "a', KINDS.PASSING),
        (200, [], KINDS.PASSING),
        (200, "", KINDS.PASSING),
    ],
)
def test_every_refusal_is_classified(status: int, body: object, kind: RefusalKind) -> None:
    assert refusal_of(status, body).kind is kind


def test_a_refusal_says_how_long_to_wait_and_under_which_id() -> None:
    headers = {"Retry-After": "9", "Trackingid": "ROUTER_1"}
    refusal = refusal_of(429, "<html>", **headers)
    assert refusal.retry_after == timedelta(seconds=9)
    assert refusal.tracking_id == "ROUTER_1"


@given(
    st.fixed_dictionaries(
        {"access_token": st.text(min_size=1)},
        optional=dict.fromkeys(
            ("refresh_token", "expires_in", "refresh_token_expires_in", "scope"), ANYTHING
        ),
    )
)
def test_a_good_token_is_never_lost_to_odd_company(answer: dict[str, object]) -> None:
    pair = parse_token(answer)
    assert pair.access == Secret(str(answer["access_token"]))
    for lives in (pair.access_lives, pair.refresh_lives):
        assert lives is None or timedelta() < lives <= timedelta(days=3650)
