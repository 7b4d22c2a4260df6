import time
from datetime import timedelta

import pytest
import requests

from bot.emulator.faults import Fault, RateLimit
from bot.emulator.server import Emulator
from tests.emulator.world import ANA, OTHER_TOKEN, ROBO, Api, Control, consent, redeem


def test_every_answer_has_a_tracking_id_of_its_own(robo: Api) -> None:
    ids = {robo("GET", path).headers["Trackingid"] for path in ("/people/me", "/rooms", "/nowhere")}
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PATCH", "/people/me", 405), ("DELETE", "/rooms", 405)],
)
def test_a_path_or_method_that_does_not_exist_is_refused_in_json(
    robo: Api, method: str, path: str, status: int
) -> None:
    assert robo.refused(method, path) == status


def test_beyond_the_rate_limit_comes_429_with_the_time_to_wait(webex: Emulator, robo: Api) -> None:
    webex.state.faults.rate_limit = RateLimit(requests=1, window_seconds=60)
    robo.ok("GET", "/people/me")
    answer = robo("GET", "/people/me")
    assert answer.status_code == 429
    assert 50 <= int(answer.headers["Retry-After"]) <= 60
    assert Api(webex.api_url, OTHER_TOKEN)("GET", "/people/me").ok
    webex.clock.move(timedelta(minutes=2))
    robo.ok("GET", "/people/me")


def test_a_429_may_come_as_a_page(webex: Emulator, robo: Api) -> None:
    webex.state.faults.rate_limit = RateLimit(requests=0, is_html=True, retry_after="absent")
    answer = robo("GET", "/people/me")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Retry-After" not in answer.headers


def test_an_injected_failure_comes_instead_of_the_work(webex: Emulator, robo: Api) -> None:
    wish = {"toPersonEmail": ANA, "text": "hi"}
    webex.state.faults.add(Fault(path="/v1/messages", status=502))
    assert robo.refused("POST", "/messages", wish) == 502
    webex.state.faults.add(Fault(status=503, html="<h1>Busy</h1>", headers={"Retry-After": "1"}))
    busy = robo("POST", "/messages", wish)
    assert (busy.status_code, busy.text, busy.headers["Retry-After"]) == (503, "<h1>Busy</h1>", "1")
    webex.state.faults.add(Fault(status=400, body={"error": "x"}))
    assert robo("POST", "/messages", wish).json() == {"error": "x"}
    assert not webex.state.messages


def test_an_answer_can_be_lost_after_the_work_was_done(webex: Emulator, robo: Api) -> None:
    webex.state.faults.add(Fault(method="POST", path="/v1/messages", drop="after"))
    with pytest.raises(requests.ConnectionError):
        robo("POST", "/messages", {"toPersonEmail": ANA, "text": "hi"})
    assert len(webex.state.messages) == 1


def test_a_request_can_be_lost_before_the_work_is_done(webex: Emulator, robo: Api) -> None:
    webex.state.faults.add(Fault(drop="before", status=500))
    with pytest.raises(requests.ConnectionError):
        robo("POST", "/messages", {"toPersonEmail": ANA, "text": "hi"})
    assert not webex.state.messages


def test_a_token_answer_can_be_lost_too(webex: Emulator) -> None:
    code = consent(webex, ANA)
    webex.state.faults.add(Fault(path="/v1/access_token", drop="after"))
    with pytest.raises(requests.ConnectionError):
        redeem(webex, code)
    assert redeem(webex, code).status_code == 400


def test_slowness_is_felt(webex: Emulator, robo: Api) -> None:
    webex.state.faults.latency_seconds = 0.05
    webex.state.faults.add(Fault(delay_seconds=0.05))
    started = time.monotonic()
    robo.ok("GET", "/people/me")
    assert time.monotonic() - started >= 0.1


def test_the_log_tells_who_asked_what_and_how_it_ended(robo: Api, control: Control) -> None:
    tracking_id = robo("GET", "/rooms", type="group").headers["Trackingid"]
    robo("GET", "/people/nobody")
    entries = control("GET", "requests")["items"]
    assert [entry["status"] for entry in entries] == [200, 404]
    assert entries[0]["account"] == ROBO
    assert entries[0]["query"] == "type=group"
    assert entries[0]["tracking_id"] == tracking_id
