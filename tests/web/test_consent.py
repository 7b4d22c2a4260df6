import logging
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.core.errors import ConsentFailed, GrantRefused, WebexBusy
from bot.core.refusals import classify
from bot.store.store import Store
from bot.web.consent import _STATUSES
from tests.web.conftest import ANA, EVE, Clock, Webex, browser_of, said


def state_of(client: FlaskClient, link: str) -> str:
    response = client.get(link)
    assert response.status_code == 302
    return parse_qs(urlsplit(response.headers["Location"]).query)["state"][0]


def come_back(client: FlaskClient, **answer: str) -> tuple[int, str]:
    response = client.get(f"/oauth/callback?{urlencode(answer)}")
    return response.status_code, headline(response.text)


def headline(page: str) -> str:
    found = re.search(r"<h1>(.*)</h1>", page)
    return unescape(found[1]) if found else ""


def is_connected(store: Store) -> bool:
    with store.reading() as work:
        return work.connections.find("calling-dashboard", ANA.email) is not None or bool(
            work.connections.of_person(ANA.id)
        )


def test_the_link_leads_to_webex_without_a_body(client: FlaskClient, link: str) -> None:
    response = client.get(link)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("https://webex.test/authorize?state=")
    assert response.data == b""


def test_consent_ends_in_a_page_that_names_what_was_connected(
    client: FlaskClient, link: str, store: Store
) -> None:
    state = state_of(client, link)
    response = client.get(f"/oauth/callback?code=planted-code&state={state}")
    assert response.status_code == 200
    assert headline(response.text) == "Calling <Dashboard> is connected"
    assert "ana@example.com" in response.text
    assert "spark:calls_read" in response.text
    assert "disconnect calling-dashboard" in response.text
    for secret in ("planted", state, link.rpartition("/")[2]):
        assert secret not in response.text
    assert is_connected(store)
    assert said(store) == ["connected"]


def test_a_link_may_be_opened_twice_and_previewed(client: FlaskClient, link: str) -> None:
    first, second = state_of(client, link), state_of(client, link)
    assert first != second
    assert come_back(client, code="c", state=first)[0] == 200


def test_a_head_opens_and_uses_nothing(
    client: FlaskClient, link: str, store: Store, webex: Webex
) -> None:
    response = client.head(link)
    assert (response.status_code, response.data) == (200, b"")
    assert "Set-Cookie" not in response.headers
    state = state_of(client, link)
    assert client.head(f"/oauth/callback?code=c&state={state}").status_code == 200
    assert webex.exchanged == []
    assert come_back(client, code="c", state=state)[0] == 200


def test_a_browser_keeps_its_cookie_over_several_links(client: FlaskClient, link: str) -> None:
    cookies = {client.get(link).headers["Set-Cookie"].partition(";")[0] for _ in range(3)}
    assert len(cookies) == 1


def test_a_cookie_of_somebody_else_is_replaced(client: FlaskClient, link: str) -> None:
    client.set_cookie("__Host-browser", "planted.forged", domain="bot.example.com", secure=True)
    cookie = client.get(link).headers["Set-Cookie"]
    assert "planted" not in cookie


def test_without_tls_the_story_works_as_well(build: Callable[[bool], Flask], link: str) -> None:
    client = build(False).test_client()
    assert come_back(client, code="c", state=state_of(client, link))[0] == 200


def test_a_link_that_was_never_made_is_not_found(client: FlaskClient) -> None:
    for ticket in ("unknown", "x" * 128, "x" * 129, "x" * 5000, "%00", "%ff", "é"):
        response = client.get(f"/connect/{ticket}")
        assert response.status_code == 404
        assert "Set-Cookie" not in response.headers


def test_a_link_that_is_too_old_is_no_longer_valid(
    client: FlaskClient, link: str, clock: Clock
) -> None:
    clock.move(timedelta(minutes=10))
    response = client.get(link)
    assert response.status_code == 404
    assert headline(response.text) == "This link is no longer valid"


def test_a_used_link_is_gone(client: FlaskClient, link: str) -> None:
    come_back(client, code="c", state=state_of(client, link))
    response = client.get(link)
    assert response.status_code == 410
    assert headline(response.text) == "This link was already used"


def test_a_replayed_answer_changes_nothing(client: FlaskClient, link: str, webex: Webex) -> None:
    state = state_of(client, link)
    assert come_back(client, code="c", state=state)[0] == 200
    assert come_back(client, code="c", state=state) == (409, "This answer was already used")
    assert webex.exchanged == ["c"]


def test_an_answer_in_another_browser_changes_nothing(
    client: FlaskClient, app: Flask, link: str, store: Store, webex: Webex
) -> None:
    state = state_of(client, link)
    other = browser_of(app)
    assert come_back(other, code="c", state=state) == (412, "Another browser opened this link")
    assert webex.exchanged == []
    assert not is_connected(store)


def test_another_account_connects_nothing(
    client: FlaskClient, link: str, store: Store, webex: Webex
) -> None:
    webex.account = EVE
    state = state_of(client, link)
    assert come_back(client, code="c", state=state) == (403, "That was a different account")
    assert not is_connected(store)
    assert said(store) == ["wrong_account", "asked_by_another"]


@pytest.mark.parametrize(
    ("error", "description", "status", "title"),
    [
        ("access_denied", "", 403, "You said no, and that is fine"),
        ("access_denied", "Blocked by your administrator", 403, "Your organisation blocks"),
        ("invalid_scope", "", 422, "Webex refused the requested scopes"),
        ("server_error", "", 424, "Webex could not finish"),
        ("<b>?</b>", "<b>?</b>", 424, "Webex could not finish"),
        ("", "", 424, "Webex could not finish"),
    ],
)
def test_each_error_of_webex_has_its_page(
    client: FlaskClient,
    link: str,
    store: Store,
    error: str,
    description: str,
    status: int,
    title: str,
) -> None:
    answer = {"state": state_of(client, link), "error": error, "error_description": description}
    found = come_back(client, **answer)
    assert found[0] == status
    assert found[1].startswith(title)
    assert not is_connected(store)
    assert said(store) == ["consent_failed"]


@pytest.mark.parametrize(
    "trouble", [WebexBusy("busy"), GrantRefused(classify(400, {"error": "invalid_client"}))]
)
def test_a_webex_that_gives_no_token_is_told_in_words(
    client: FlaskClient, link: str, store: Store, webex: Webex, trouble: WebexBusy
) -> None:
    webex.trouble = trouble
    state = state_of(client, link)
    assert come_back(client, code="c", state=state) == (424, "Webex could not finish")
    assert not is_connected(store)


def test_an_answer_that_belongs_to_nothing_is_refused(client: FlaskClient) -> None:
    assert come_back(client)[0] == 409
    assert come_back(client, code="c", state="unknown")[0] == 409
    assert come_back(client, code="\x00", state="\x00")[0] == 409


@pytest.mark.parametrize(
    "query",
    [
        "state=a&state=b",
        "state=a&state=a",
        "state=a&code=b&code=c",
        "state=a&error=b&error=c",
        "state=a&error_description=b&error_description=c",
        "state=" + "a" * 257,
        "state=a&code=" + "b" * 4097,
        "state=a&error=" + "b" * 129,
        "state=a&error_description=" + "b" * 2049,
    ],
    ids=lambda query: query[:40],
)
def test_repeated_or_endless_parameters_are_a_bad_request(client: FlaskClient, query: str) -> None:
    response = client.get(f"/oauth/callback?{query}")
    assert response.status_code == 400
    assert headline(response.text) == "That request made no sense"


def test_each_way_to_fail_has_a_status_of_a_client_error() -> None:
    assert set(_STATUSES) == set(ConsentFailed.__subclasses__())
    assert all(400 <= status < 500 for status in _STATUSES.values())


def test_neither_tickets_nor_states_nor_codes_are_logged(
    client: FlaskClient, app: Flask, link: str, caplog: pytest.LogCaptureFixture, webex: Webex
) -> None:
    caplog.set_level(logging.DEBUG)
    state = state_of(client, link)
    come_back(browser_of(app), code="planted-code", state=state)
    state_again = state_of(client, link)
    webex.trouble = WebexBusy("busy")
    come_back(client, code="planted-code", state=state_again, error_description="planted")
    for secret in ("planted", state, state_again, link.rpartition("/")[2]):
        assert secret not in caplog.text
