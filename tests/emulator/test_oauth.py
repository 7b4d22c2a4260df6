import re

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    DASHBOARD,
    REDIRECT,
    VERIFIER,
    Control,
    answer_of,
    authorize_url,
)


def page_of(webex: Emulator, **changes: str | None) -> requests.Response:
    return requests.get(authorize_url(webex, **changes), timeout=5)


def decide(webex: Emulator, page: str, decision: str) -> requests.Response:
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket is not None
    form = {"ticket": ticket[1], "person": ANA, "decision": decision}
    url = f"{webex.api_url}/authorize"
    return requests.post(url, data=form, allow_redirects=False, timeout=5)


def test_the_consent_page_names_integration_scopes_and_people(webex: Emulator) -> None:
    page = page_of(webex, login_hint=ANA.upper()).text
    assert "Dashboard" in page
    assert all(scope in page for scope in DASHBOARD.scopes)
    assert f'value="{ANA}" selected' in page
    assert "robo@webex.bot" not in page


def test_an_unknown_hint_selects_nobody(webex: Emulator) -> None:
    page = page_of(webex, login_hint="nobody@clinic.example").text
    assert "selected" not in page
    assert "Choose an account" in page


def test_accept_leads_back_with_a_code_once(webex: Emulator) -> None:
    page = page_of(webex).text
    told = answer_of(decide(webex, page, "accept").headers["Location"])
    assert set(told) == {"code", "state"}
    assert decide(webex, page, "accept").status_code == 400


def test_decline_leads_back_with_access_denied(webex: Emulator) -> None:
    answer = decide(webex, page_of(webex).text, "decline")
    assert answer.status_code == 302
    assert answer_of(answer.headers["Location"])["error"] == "access_denied"


def test_pages_forbid_scripts_framing_and_storing(webex: Emulator) -> None:
    for answer in (page_of(webex), page_of(webex, client_id='"><script>')):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in answer.text


def session() -> OAuth2Session:
    return OAuth2Session(
        DASHBOARD.client_id,
        DASHBOARD.client_secret,
        scope=list(DASHBOARD.scopes),
        redirect_uri=REDIRECT,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",
    )


def test_authlib_walks_the_whole_way(webex: Emulator, control: Control) -> None:
    with session() as client:
        url, state = client.create_authorization_url(
            f"{webex.api_url}/authorize", code_verifier=VERIFIER, login_hint=ANA
        )
        redirect = control("POST", "consent", {"url": url, "person": ANA})["redirect"]
        token = client.fetch_token(
            f"{webex.api_url}/access_token",
            authorization_response=redirect,
            state=state,
            code_verifier=VERIFIER,
        )
        assert client.get(f"{webex.api_url}/people/me").json()["emails"] == [ANA]
        fresh = client.refresh_token(f"{webex.api_url}/access_token", token["refresh_token"])
        assert fresh["access_token"] != token["access_token"]


def test_authlib_reads_the_identity_dress(webex: Emulator, control: Control) -> None:
    control("PUT", "policy", {"error_dress": "identity"})
    with session() as client, pytest.raises(OAuthError, match="invalid_request"):
        client.refresh_token(f"{webex.api_url}/access_token", "dead")
