import logging
import threading
from datetime import timedelta

import pytest
import requests
import responses
from responses.matchers import query_param_matcher

from bot.core.errors import WebexBusy, WebexRefused
from bot.core.secrets import Secret
from bot.emulator.faults import Fault, RateLimit, RetryAfter
from bot.emulator.server import Emulator
from bot.webex.sdk import Sdk
from tests.webex.conftest import BOT_TOKEN, NOON

API = "https://webex.test/v1"
ME = f"{API}/people/me"
PLANTED = "planted words of a body"


@pytest.fixture
def mocked() -> Sdk:
    return Sdk(API, Secret(BOT_TOKEN), lambda: NOON)


def ask(sdk: Sdk) -> object:
    with sdk.calling() as webex:
        return webex.people.me()


def list_webhooks(sdk: Sdk) -> list[object]:
    with sdk.calling() as webex:
        return list(webex.webhooks.list())


def test_an_answer_is_plain_json_in_its_own_letters(sdk: Sdk, webex: Emulator) -> None:
    with webex.state.lock:
        ben = webex.state.account_by_email("ben@example.com")
    with sdk.calling() as client:
        assert client.people.get(ben.id)["displayName"] == "Zoë Ünal"


def test_each_thread_has_a_client_of_its_own_and_keeps_it(sdk: Sdk) -> None:
    clients: list[object] = []

    def look() -> None:
        for _ in range(2):
            with sdk.calling() as client:
                clients.append(client)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    look()
    assert clients[0] is clients[1]
    assert clients[2] is clients[3]
    assert clients[0] is not clients[2]


@pytest.mark.parametrize(
    ("dress", "wait"),
    [("seconds", timedelta(seconds=60)), ("absent", None), ("rubbish", None)],
)
@pytest.mark.parametrize("is_html", [True, False])
def test_a_rate_limit_is_told_and_never_slept_through(
    sdk: Sdk, webex: Emulator, dress: RetryAfter, wait: timedelta | None, is_html: bool
) -> None:
    webex.state.faults.rate_limit = RateLimit(0, retry_after=dress, is_html=is_html)
    with pytest.raises(WebexBusy) as busy:
        ask(sdk)
    assert busy.value.retry_after == wait
    assert not busy.value.was_maybe_done


def test_a_rate_limit_until_a_date_is_understood(webex: Emulator) -> None:
    sdk = Sdk(webex.api_url, Secret(BOT_TOKEN), webex.clock)
    webex.state.faults.rate_limit = RateLimit(0, retry_after="date")
    with pytest.raises(WebexBusy) as busy:
        ask(sdk)
    assert busy.value.retry_after is not None
    assert timedelta(seconds=50) < busy.value.retry_after <= timedelta(seconds=61)


def test_an_answer_that_is_cut_off_leaves_it_open_whether_it_was_done(
    sdk: Sdk, webex: Emulator
) -> None:
    webex.state.faults.add(Fault(path="/v1/people/me", drop="after"))
    with pytest.raises(WebexBusy) as busy:
        ask(sdk)
    assert busy.value.was_maybe_done


def test_a_server_error_passes_and_the_next_call_is_well(sdk: Sdk, webex: Emulator) -> None:
    webex.state.faults.add(Fault(path="/v1/people/me", status=502, html="<h1>Bad</h1>"))
    with pytest.raises(WebexBusy):
        ask(sdk)
    assert ask(sdk)


def test_a_token_that_webex_does_not_know_makes_everything_wait(webex: Emulator) -> None:
    with pytest.raises(WebexBusy, match="refuses the bot's access token"):
        ask(Sdk(webex.api_url, Secret("another"), lambda: NOON))


def test_a_webex_that_is_not_there_did_nothing(sdk: Sdk, webex: Emulator) -> None:
    webex.stop()
    with pytest.raises(WebexBusy) as busy:
        ask(sdk)
    assert not busy.value.was_maybe_done


@responses.activate
@pytest.mark.parametrize(
    "body", ["", "{", '{"id": "p1"', "<html>ok</html>", "[1, 2", "\u2028", '{"items": 3}', "[]"]
)
def test_a_success_that_cannot_be_read_may_have_been_done(mocked: Sdk, body: str) -> None:
    responses.get(f"{API}/webhooks", body=body)
    with pytest.raises(WebexBusy) as busy:
        list_webhooks(mocked)
    assert busy.value.was_maybe_done


@responses.activate
@pytest.mark.parametrize("body", ["[]", '{"trackingId": 7}', '{"message": [1]}', PLANTED, ""])
@pytest.mark.parametrize("status", [201, 400, 403, 429, 500])
def test_no_body_of_an_error_breaks_the_adapter_or_is_quoted(
    mocked: Sdk, status: int, body: str
) -> None:
    responses.get(ME, status=status, body=body, content_type="application/json")
    with pytest.raises((WebexBusy, WebexRefused)) as error:
        ask(mocked)
    assert PLANTED not in str(error.value)
    assert BOT_TOKEN not in str(error.value)


def test_the_token_reaches_no_log(
    sdk: Sdk, webex: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(sdk)
    webex.state.faults.add(Fault(path="/v1/people/me", status=401))
    with pytest.raises(WebexBusy):
        ask(sdk)
    assert "/v1/people/me" in caplog.text
    assert BOT_TOKEN not in caplog.text


@responses.activate
@pytest.mark.parametrize(
    "error", [requests.ReadTimeout(), requests.exceptions.ChunkedEncodingError()]
)
def test_a_lost_answer_is_busy_and_in_doubt(mocked: Sdk, error: Exception) -> None:
    responses.get(ME, body=error)
    with pytest.raises(WebexBusy) as busy:
        ask(mocked)
    assert busy.value.was_maybe_done


@responses.activate
@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.test/v1/webhooks", "https://webex.test.evil.test/", "http://webex.test/v1"],
)
def test_the_token_follows_no_next_link_to_another_host(mocked: Sdk, elsewhere: str) -> None:
    responses.get(
        f"{API}/webhooks", json={"items": []}, headers={"Link": f'<{elsewhere}>; rel="next"'}
    )
    with pytest.raises(WebexBusy):
        list_webhooks(mocked)
    assert len(responses.calls) == 1


@responses.activate
def test_pages_on_the_same_host_are_followed(mocked: Sdk) -> None:
    second = f"{API}/webhooks?cursor=2"
    responses.get(
        f"{API}/webhooks",
        json={"items": [{"id": "w1"}]},
        headers={"Link": f'<{second}>; rel="next"'},
        match=[query_param_matcher({"max": "100"})],
    )
    responses.get(
        f"{API}/webhooks",
        json={"items": [{"id": "w2"}]},
        match=[query_param_matcher({"max": "100", "cursor": "2"})],
    )
    assert list_webhooks(mocked) == [{"id": "w1"}, {"id": "w2"}]


@responses.activate
def test_a_redirect_is_refused_rather_than_followed(mocked: Sdk) -> None:
    responses.get(ME, status=307, headers={"Location": f"{API}/people/other"})
    with pytest.raises(WebexRefused) as refused:
        ask(mocked)
    assert refused.value.status == 307
    assert len(responses.calls) == 1


def sent_with(call: responses.Call) -> dict[str, object]:
    kept: dict[str, object] = vars(call.request)["req_kwargs"]
    return kept


@responses.activate
def test_no_call_waits_for_ever(mocked: Sdk) -> None:
    responses.get(ME, json={"id": "p1"})
    ask(mocked)
    assert sent_with(responses.calls[0])["timeout"] == 20
