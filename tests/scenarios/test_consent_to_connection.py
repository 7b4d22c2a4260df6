"""From a link in chat to a connection, and every way in which it comes to nothing."""

from __future__ import annotations

import threading
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.scenarios.test_message_to_answer import connections
from tests.stage import ANA, BEN, SAM, Stage


def test_who_consents_is_connected_and_hears_it_in_chat(stage: Stage) -> None:
    page = stage.connect(ANA)
    assert page.status_code == 200
    assert "is connected" in page.text
    assert connections(stage) == [(ANA, "active")]
    assert "is connected" in stage.last(ANA)


def test_webex_is_asked_with_state_pkce_and_a_hint(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    opened = requests.get(stage.link(ANA), allow_redirects=False, timeout=5)
    asked = parse_qs(urlsplit(opened.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 32
    assert asked["login_hint"] == [ANA]
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_another_account_than_the_one_that_asked_gets_nothing_stored(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    page = stage.consent(stage.link(ANA), BEN)
    assert page.status_code == 403
    assert BEN in page.text
    assert connections(stage) == []
    assert BEN in stage.last(ANA)
    assert ANA in stage.last(BEN)


def test_declining_stores_nothing_and_the_link_still_serves(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    link = stage.link(ANA)
    page = stage.consent(link, ANA, decision="decline")
    assert "You said no" in page.text
    assert connections(stage) == []
    assert stage.consent(link, ANA).status_code == 200


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [("blocked", "organisation blocks"), ("server_error", "Webex could not finish")],
)
def test_each_refusal_of_webex_has_its_own_page(stage: Stage, outcome: str, sentence: str) -> None:
    stage.control("policy", method="PUT", consent=outcome)
    stage.say(ANA, "connect calling")
    page = stage.consent(stage.link(ANA), ANA)
    assert sentence in page.text
    assert connections(stage) == []


def test_a_used_link_says_so(stage: Stage) -> None:
    stage.connect(ANA)
    page = requests.get(stage.link(ANA), timeout=5)
    assert page.status_code == 410
    assert "already used" in page.text


def test_an_old_link_says_so(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    stage.move(minutes=11)
    page = requests.get(stage.link(ANA), timeout=5)
    assert page.status_code in (404, 410)
    assert "no longer valid" in page.text


def test_a_link_preview_uses_nothing_up(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    for _ in range(5):
        requests.get(stage.link(ANA), allow_redirects=False, timeout=5)
        requests.head(stage.link(ANA), allow_redirects=False, timeout=5)
    assert stage.consent(stage.link(ANA), ANA).status_code == 200


def test_a_replayed_answer_changes_nothing(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    browser = requests.Session()
    opened = browser.get(stage.link(ANA), allow_redirects=False, timeout=5)
    back = stage.decide(opened.headers["Location"], ANA)
    assert browser.get(back, timeout=5).status_code == 200
    stage.play()
    heard = len(stage.heard(ANA))
    replayed = browser.get(back, timeout=5)
    assert replayed.status_code == 409
    assert "already used" in replayed.text
    stage.play()
    assert len(stage.heard(ANA)) == heard


def test_an_answer_in_another_browser_stores_nothing(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    opened = requests.get(stage.link(ANA), allow_redirects=False, timeout=5)
    back = stage.decide(opened.headers["Location"], ANA)
    page = requests.get(back, timeout=5)
    assert page.status_code == 412
    assert "browser" in page.text
    assert connections(stage) == []


def test_two_answers_to_one_link_at_once_make_one_connection(stage: Stage) -> None:
    stage.say(ANA, "connect calling")
    browser, backs = requests.Session(), []
    for _ in range(2):
        opened = browser.get(stage.link(ANA), allow_redirects=False, timeout=5)
        backs.append(stage.decide(opened.headers["Location"], ANA))
    cookies, answers = browser.cookies.get_dict(), []
    start = threading.Barrier(2)

    def answer(back: str) -> None:
        start.wait()
        answers.append(requests.get(back, cookies=cookies, timeout=5).status_code)

    threads = [threading.Thread(target=answer, args=(back,)) for back in backs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 410]
    assert connections(stage) == [(ANA, "active")]


def test_a_wrong_client_secret_tells_the_administrator_and_not_only_the_person(
    stage: Stage,
) -> None:
    for client in stage.webex.state.integrations.values():
        object.__setattr__(client, "client_secret", "another")
    page = stage.connect(ANA)
    assert page.status_code >= 400
    assert connections(stage) == []
    assert "client secret" in stage.last(SAM)
    stage.say(ANA, "connect calling")
    assert "out of order" in stage.last(ANA)
