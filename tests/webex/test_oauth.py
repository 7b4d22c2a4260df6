import logging
import os
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import GrantRefused, WebexBusy, WebexRefused
from bot.core.integrations import Integration
from bot.core.refusals import RefusalKind
from bot.core.secrets import Secret
from bot.core.tokens import TokenPair, pkce_challenge
from bot.emulator.faults import DropMoment, Fault
from bot.emulator.grants import ErrorDress
from bot.emulator.server import Emulator
from bot.webex.oauth import WebexAuthority
from tests.webex.conftest import (
    ANA,
    API,
    CLIENT_SECRET,
    NOON,
    REDIRECT_URI,
    VERIFIER,
    authorize_url,
    consent,
)

TOKENS = f"{API}/access_token"
KINDS = RefusalKind


def refused(authority: WebexAuthority, integration: Integration) -> GrantRefused:
    with pytest.raises(GrantRefused) as error:
        authority.refresh(integration, Secret("planted-refresh-token"))
    return error.value


def test_the_link_asks_for_exactly_this_consent(
    mocked: WebexAuthority, integration: Integration
) -> None:
    url = authorize_url(mocked, integration, state="s &=", login_hint="a+b@example.com")
    assert url.startswith(f"{API}/authorize?")
    assert parse_qs(urlsplit(url).query) == {
        "response_type": ["code"],
        "client_id": ["C1"],
        "redirect_uri": [REDIRECT_URI],
        "scope": ["spark:people_read spark:calls_read"],
        "state": ["s &="],
        "code_challenge": [pkce_challenge(VERIFIER.reveal())],
        "code_challenge_method": ["S256"],
        "login_hint": ["a+b@example.com"],
    }


def test_a_link_for_nobody_in_particular_hints_at_nobody(
    mocked: WebexAuthority, integration: Integration
) -> None:
    assert "login_hint" not in authorize_url(mocked, integration, login_hint="")


def test_a_consent_becomes_tokens_of_the_person_who_gave_it(
    authority: WebexAuthority, tokens: TokenPair
) -> None:
    assert authority.whose(tokens.access).email == ANA
    assert tokens.scopes == ("spark:people_read", "spark:calls_read")
    assert tokens.access_lives is not None
    assert timedelta(days=13) < tokens.access_lives <= timedelta(days=14)
    assert tokens.refresh_lives is not None
    assert timedelta(days=89) < tokens.refresh_lives <= timedelta(days=90)


def test_no_secret_reaches_the_log(
    caplog: pytest.LogCaptureFixture,
    authority: WebexAuthority,
    integration: Integration,
    webex: Emulator,
) -> None:
    caplog.set_level(logging.DEBUG)
    code = consent(webex, authorize_url(authority, integration))["code"]
    tokens = authority.exchange(integration, code=code, verifier=VERIFIER)
    authority.whose(tokens.access)
    assert "/v1/access_token" in caplog.text
    for secret in (code, CLIENT_SECRET, VERIFIER.reveal(), tokens.access.reveal()):
        assert secret not in caplog.text


def test_plain_http_to_this_machine_needs_no_setting(tokens: TokenPair) -> None:
    assert "AUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_a_declined_consent_comes_back_as_an_error(
    authority: WebexAuthority, integration: Integration, webex: Emulator
) -> None:
    back = consent(webex, authorize_url(authority, integration), "decline")
    assert (back["error"], back["state"]) == ("access_denied", "s-1")


def test_a_refresh_gives_fresh_tokens(
    authority: WebexAuthority, integration: Integration, tokens: TokenPair
) -> None:
    assert tokens.refresh is not None
    fresh = authority.refresh(integration, tokens.refresh)
    assert fresh.access != tokens.access
    assert fresh.refresh == tokens.refresh


def test_a_code_serves_once_and_only_with_its_verifier(
    authority: WebexAuthority, integration: Integration, webex: Emulator
) -> None:
    back = consent(webex, authorize_url(authority, integration))
    for verifier in (Secret("w" * 43), VERIFIER):
        with pytest.raises(GrantRefused) as error:
            authority.exchange(integration, code=back["code"], verifier=verifier)
        assert "HTTP 400" in error.value.refusal.detail


@pytest.mark.parametrize("dress", ["wrapped", "identity"])
def test_a_dead_refresh_token_is_gone_in_either_dress(
    authority: WebexAuthority, integration: Integration, webex: Emulator, dress: ErrorDress
) -> None:
    webex.state.grants.policy.error_dress = dress
    refusal = refused(authority, integration).refusal
    assert refusal.kind is KINDS.GONE
    assert refusal.tracking_id


@pytest.mark.parametrize("dress", ["wrapped", "identity"])
def test_a_wrong_client_secret_is_the_operators_fault_in_either_dress(
    authority: WebexAuthority, integration: Integration, webex: Emulator, dress: ErrorDress
) -> None:
    webex.state.grants.policy.error_dress = dress
    mistyped = replace(integration, client_secret=Secret("mistyped"))
    assert refused(authority, mistyped).refusal.kind is KINDS.CLIENT


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_lost_answer_passes(
    authority: WebexAuthority, integration: Integration, webex: Emulator, drop: DropMoment
) -> None:
    webex.state.faults.add(Fault(path="/v1/access_token", drop=drop))
    assert refused(authority, integration).refusal.kind is KINDS.PASSING


@responses.activate
def test_a_redirect_of_the_token_endpoint_is_not_followed(
    mocked: WebexAuthority, integration: Integration
) -> None:
    responses.post(TOKENS, status=307, headers={"Location": f"{API}/elsewhere"})
    assert refused(mocked, integration).refusal.kind is KINDS.PASSING
    assert len(responses.calls) == 1


@responses.activate
def test_a_refusal_until_a_date_says_how_long_to_wait(
    mocked: WebexAuthority, integration: Integration
) -> None:
    headers = {"Retry-After": "Fri, 20 Nov 2026 12:00:09 GMT"}
    responses.post(TOKENS, status=429, body="<html>", headers=headers)
    assert refused(mocked, integration).refusal.retry_after == timedelta(seconds=9)


@responses.activate
@pytest.mark.parametrize(
    "error", [requests.ConnectTimeout(), requests.ReadTimeout(), requests.exceptions.SSLError()]
)
def test_no_answer_passes(
    mocked: WebexAuthority, integration: Integration, error: Exception
) -> None:
    responses.post(TOKENS, body=error)
    assert refused(mocked, integration).refusal.kind is KINDS.PASSING


@responses.activate
def test_a_refusal_quotes_no_secret_and_no_body(
    mocked: WebexAuthority, integration: Integration
) -> None:
    echo = {"error": "planted-refresh-token here", "error_description": CLIENT_SECRET}
    responses.post(TOKENS, status=400, json=echo)
    error = refused(mocked, integration)
    for planted in ("planted-refresh-token", CLIENT_SECRET):
        assert planted not in str(error)
        assert planted not in repr(error.refusal)


@given(st.text(min_size=1), st.text(min_size=1))
def test_secrets_of_any_letters_arrive_whole(client_secret: str, refresh_token: str) -> None:
    integration = Integration("x", "X", "C1", Secret(client_secret), ("a",), ANA)
    authority = WebexAuthority(API, REDIRECT_URI, lambda: NOON)
    with responses.RequestsMock() as mock:
        mock.post(TOKENS, json={"access_token": "a"})
        authority.refresh(integration, Secret(refresh_token))
        sent = parse_qs(str(mock.calls[0].request.body), keep_blank_values=True)
    assert sent == {
        "grant_type": ["refresh_token"],
        "refresh_token": [refresh_token],
        "client_id": ["C1"],
        "client_secret": [client_secret],
    }


@responses.activate
def test_no_call_waits_for_ever(mocked: WebexAuthority, integration: Integration) -> None:
    responses.post(TOKENS, json={"access_token": "a"})
    responses.get(f"{API}/people/me", json={"id": "p1"})
    mocked.refresh(integration, Secret("r"))
    mocked.whose(Secret("a"))
    assert [vars(call.request)["req_kwargs"]["timeout"] for call in responses.calls] == [
        (5, 20)
    ] * 2


@responses.activate
def test_a_token_is_carried_to_no_other_address(mocked: WebexAuthority) -> None:
    responses.get(f"{API}/people/me", status=302, headers={"Location": f"{API}/elsewhere"})
    with pytest.raises(WebexRefused):
        mocked.whose(Secret("a"))
    assert len(responses.calls) == 1


def test_a_token_that_does_not_serve_is_nobodys(authority: WebexAuthority) -> None:
    with pytest.raises(WebexRefused) as error:
        authority.whose(Secret("planted-token"))
    assert error.value.status == 401
    assert "planted-token" not in str(error.value)


@responses.activate
@pytest.mark.parametrize(
    "answer",
    [{"status": 429}, {"status": 502}, {"body": "{"}, {"json": []}, {"body": requests.Timeout()}],
)
def test_whose_a_token_is_may_be_unknown_for_now(
    mocked: WebexAuthority, answer: dict[str, object]
) -> None:
    responses.get(f"{API}/people/me", **answer)
    with pytest.raises(WebexBusy):
        mocked.whose(Secret("a"))


@responses.activate
def test_a_token_that_cannot_stand_in_a_header_breaks_nothing(mocked: WebexAuthority) -> None:
    with pytest.raises(WebexBusy) as error:
        mocked.whose(Secret("planted\ntoken"))
    assert "planted" not in str(error.value)
