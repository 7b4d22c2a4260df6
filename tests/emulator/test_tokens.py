import base64
from datetime import timedelta

import pytest
import requests

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    BEN,
    DASHBOARD,
    SCOPES,
    VERIFIER,
    WIDE,
    Api,
    Control,
    ask_for_tokens,
    consent,
    granted,
    redeem,
    refresh,
)


def test_a_code_buys_tokens_in_webexs_form(webex: Emulator) -> None:
    tokens = granted(webex, ANA)
    assert set(tokens) == {
        "access_token",
        "expires_in",
        "refresh_token",
        "refresh_token_expires_in",
        "token_type",
        "scope",
    }
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] in (1209599, 1209600)
    assert tokens["refresh_token_expires_in"] in (7775999, 7776000)
    assert tokens["scope"].split() == list(SCOPES)
    assert Api(webex.api_url, tokens["access_token"]).ok("GET", "/people/me")["emails"] == [ANA]


def test_a_code_is_good_once(webex: Emulator) -> None:
    code = consent(webex, ANA)
    assert redeem(webex, code).ok
    assert redeem(webex, code).status_code == 400


def test_a_code_does_not_live_long(webex: Emulator) -> None:
    code = consent(webex, ANA)
    webex.clock.move(timedelta(minutes=6))
    assert redeem(webex, code).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://app.example/other"},
        {"code_verifier": "w" * 50},
        {"code_verifier": ""},
        {"code_verifier": "short"},
        {"code": "guessed"},
        {"grant_type": "password"},
        {"grant_type": ""},
    ],
)
def test_a_wrong_exchange_is_refused(webex: Emulator, changes: dict[str, str]) -> None:
    assert redeem(webex, consent(webex, ANA), **changes).status_code == 400


def test_a_failed_exchange_uses_the_code_up(webex: Emulator) -> None:
    code = consent(webex, ANA)
    redeem(webex, code, code_verifier="w" * 50)
    assert redeem(webex, code).status_code == 400


def test_a_plain_challenge_and_none_at_all_work_too(webex: Emulator) -> None:
    plain = {"code_challenge": VERIFIER, "code_challenge_method": "plain"}
    assert redeem(webex, consent(webex, ANA, **plain)).ok
    implied = {"code_challenge": VERIFIER, "code_challenge_method": None}
    assert redeem(webex, consent(webex, ANA, **implied)).ok
    none = {"code_challenge": None, "code_challenge_method": None}
    assert redeem(webex, consent(webex, ANA, **none)).ok


def test_a_code_belongs_to_the_integration_that_asked(webex: Emulator) -> None:
    foreign = {"client_id": WIDE.client_id, "client_secret": WIDE.client_secret}
    assert redeem(webex, consent(webex, ANA), **foreign).status_code == 400
    assert refresh(webex, granted(webex, ANA)["refresh_token"], **foreign).status_code == 400


def test_an_unknown_client_and_a_wrong_secret_differ(webex: Emulator) -> None:
    unknown = ask_for_tokens(webex, client_id="C0")
    wrong = ask_for_tokens(webex, client_secret="wrong")
    assert (unknown.status_code, wrong.status_code) == (400, 401)
    assert unknown.json()["errors"] == [{"description": "Client Id is invalid"}]


def test_the_client_may_come_as_a_basic_header(webex: Emulator) -> None:
    token = granted(webex, ANA)["refresh_token"]
    url = f"{webex.api_url}/access_token"
    form = {"grant_type": "refresh_token", "refresh_token": token}
    secret = base64.b64encode(f"{DASHBOARD.client_id}:{DASHBOARD.client_secret}".encode()).decode()
    for value, status in ((f"Basic {secret}", 200), ("Basic !!!", 401), ("Basic eA==", 400)):
        answer = requests.post(url, data=form, headers={"Authorization": value}, timeout=5)
        assert answer.status_code == status


def test_a_refresh_gives_a_new_access_token_and_the_same_refresh_token(webex: Emulator) -> None:
    first = granted(webex, ANA)
    second = refresh(webex, first["refresh_token"]).json()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] == first["refresh_token"]
    webex.clock.move(timedelta(seconds=20))
    third = refresh(webex, first["refresh_token"]).json()
    assert 19 <= first["refresh_token_expires_in"] - third["refresh_token_expires_in"] <= 21


def test_a_dead_refresh_token_is_refused_in_either_dress(webex: Emulator, control: Control) -> None:
    token = granted(webex, ANA)["refresh_token"]
    webex.clock.move(timedelta(days=91))
    wrapped = refresh(webex, token)
    assert wrapped.status_code == 400
    assert "refresh token" in wrapped.json()["errors"][0]["description"]
    assert set(wrapped.json()) == {"message", "errors", "trackingId"}
    control("PUT", "policy", {"error_dress": "identity"})
    worded = refresh(webex, token)
    assert worded.status_code == 400
    assert worded.json()["error"] == "invalid_request"
    assert set(worded.json()) == {"error", "error_description", "trackingID"}


def test_an_answer_may_name_neither_expiry_nor_scope(webex: Emulator, control: Control) -> None:
    control("PUT", "policy", {"names_expiry": False, "names_scope": False})
    assert set(granted(webex, ANA)) == {"access_token", "refresh_token", "token_type"}


def test_a_rotated_token_is_dead(webex: Emulator, control: Control) -> None:
    control("PUT", "policy", {"rotates_refresh_token": True})
    first = granted(webex, BEN)
    second = refresh(webex, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert refresh(webex, first["refresh_token"]).status_code == 400
    assert refresh(webex, second["refresh_token"]).ok


def test_the_answer_is_not_to_be_stored(webex: Emulator) -> None:
    answer = redeem(webex, consent(webex, ANA))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Trackingid"]


def test_only_a_form_is_read(webex: Emulator) -> None:
    answer = requests.post(f"{webex.api_url}/access_token", json={}, timeout=5)
    assert answer.status_code == 415
