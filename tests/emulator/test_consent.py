import pytest
import requests

from bot.emulator.server import Emulator
from tests.emulator.world import (
    ANA,
    DASHBOARD,
    REDIRECT,
    WIDE,
    Control,
    answer_of,
    authorize_url,
    consent,
    granted,
)


def redirect_of(url: str) -> str:
    answer = requests.get(url, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "spark:people_read spark:teams_read"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": " "}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_what_the_integration_did_wrong_is_told_to_its_redirect_uri(
    webex: Emulator, changes: dict[str, str | None], error: str
) -> None:
    redirect = redirect_of(authorize_url(webex, **changes))
    assert redirect.startswith(f"{REDIRECT}?")
    told = answer_of(redirect)
    assert told["error"] == error
    assert told["error_description"]
    assert told["state"] == "st"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "C0"},
        {"client_id": None},
        {"redirect_uri": f"{REDIRECT}/"},
        {"redirect_uri": "https://evil.example/"},
        {"client_id": WIDE.client_id, "redirect_uri": None},
    ],
)
def test_an_address_that_cannot_be_trusted_is_told_nothing(
    webex: Emulator, changes: dict[str, str | None]
) -> None:
    answer = requests.get(authorize_url(webex, **changes), allow_redirects=False, timeout=5)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_the_redirect_uri_may_be_left_out_where_one_is_registered(webex: Emulator) -> None:
    assert consent(webex, ANA, redirect_uri=None)


def test_a_redirect_uri_with_a_query_keeps_it(webex: Emulator, control: Control) -> None:
    other = "https://app.example/other?x=1"
    url = authorize_url(webex, client_id=WIDE.client_id, redirect_uri=other, scope="spark:all")
    redirect = control("POST", "consent", {"url": url, "person": ANA})["redirect"]
    assert redirect.startswith(f"{other}&code=")


def test_spark_all_does_not_stand_for_the_scopes_in_it(webex: Emulator) -> None:
    url = authorize_url(webex, client_id=WIDE.client_id, scope="spark:people_read")
    assert answer_of(redirect_of(url))["error"] == "invalid_scope"


def test_spark_kms_and_login_scopes_need_no_registration(webex: Emulator) -> None:
    assert "spark:kms" not in DASHBOARD.scopes
    assert consent(webex, ANA, scope="spark:kms openid email spark:people_read")


@pytest.mark.parametrize(
    ("outcome", "error"), [("blocked", "access_denied"), ("server_error", "server_error")]
)
def test_an_administrator_or_a_failure_can_stand_in_the_way(
    webex: Emulator, control: Control, outcome: str, error: str
) -> None:
    control("PUT", "policy", {"consent": outcome})
    told = answer_of(redirect_of(authorize_url(webex)))
    assert told["error"] == error
    assert ("administrator" in told["error_description"]) == (outcome == "blocked")


def test_a_bot_and_a_deactivated_person_cannot_consent(webex: Emulator, control: Control) -> None:
    wish = {"url": authorize_url(webex), "person": "robo@webex.bot"}
    assert control.status("POST", "consent", wish) == 403
    control("POST", "deactivate", {"person": ANA})
    assert control.status("POST", "consent", wish | {"person": ANA}) == 403


def test_a_consent_may_grant_less_than_was_asked_for(webex: Emulator, control: Control) -> None:
    control("PUT", "policy", {"withheld_scopes": "spark:rooms_read spark:messages_read"})
    scopes = granted(webex, ANA)["scope"].split()
    assert set(scopes) == {*DASHBOARD.scopes} - {"spark:rooms_read", "spark:messages_read"}


def test_a_state_is_given_back_only_if_there_was_one(webex: Emulator, control: Control) -> None:
    wish = {"url": authorize_url(webex, state=None), "person": ANA}
    assert set(answer_of(control("POST", "consent", wish)["redirect"])) == {"code"}
