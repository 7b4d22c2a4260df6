import json
from datetime import timedelta

import pytest

from bot.emulator.deliveries import FAILURES_ALLOWED, sign
from bot.emulator.server import Emulator
from tests.emulator.world import ANA, ROBO, Api, Control, Receiver


@pytest.fixture
def hook(robo: Api, target: Receiver) -> str:
    wish = {"name": "m", "targetUrl": target.url, "resource": "messages", "event": "created"}
    return str(robo.ok("POST", "/webhooks", wish | {"secret": "sesame"})["id"])


def write(robo: Api, times: int) -> None:
    for number in range(times):
        robo.ok("POST", "/messages", {"toPersonEmail": ANA, "text": str(number)})


def idle(webex: Emulator) -> None:
    assert webex.state.deliveries.wait_until_idle(10)


def status_of(robo: Api, hook: str) -> str:
    return str(robo.ok("GET", f"/webhooks/{hook}")["status"])


def test_events_arrive_in_order_and_signed(
    webex: Emulator, robo: Api, hook: str, target: Receiver
) -> None:
    write(robo, 20)
    idle(webex)
    ids = [json.loads(heard.body)["data"]["id"] for heard in target.heard]
    assert ids == list(webex.state.messages)
    assert all(heard.signature == sign("sesame", heard.body) for heard in target.heard)
    assert all(json.loads(heard.body)["id"] == hook for heard in target.heard)


def test_the_signature_is_the_documented_one() -> None:
    assert sign("key", b"The quick brown fox jumps over the lazy dog") == (
        "de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9"
    )


def test_without_a_secret_nothing_is_signed(webex: Emulator, robo: Api, target: Receiver) -> None:
    wish = {"name": "m", "targetUrl": target.url, "resource": "messages", "event": "created"}
    robo.ok("POST", "/webhooks", wish)
    write(robo, 1)
    idle(webex)
    assert target.heard[0].signature is None


def test_a_hundred_failures_switch_a_webhook_off(
    webex: Emulator, robo: Api, hook: str, target: Receiver
) -> None:
    target.status = 302
    write(robo, FAILURES_ALLOWED - 1)
    idle(webex)
    assert status_of(robo, hook) == "active"
    write(robo, 3)
    idle(webex)
    assert status_of(robo, hook) == "inactive"
    assert len(target.heard) == FAILURES_ALLOWED


def test_failures_that_are_five_minutes_old_do_not_count(
    webex: Emulator, robo: Api, hook: str, target: Receiver
) -> None:
    target.status = 500
    write(robo, FAILURES_ALLOWED - 1)
    idle(webex)
    webex.clock.move(timedelta(minutes=6))
    write(robo, 1)
    idle(webex)
    assert status_of(robo, hook) == "active"


@pytest.mark.parametrize(("wait", "status"), [(1, "inactive"), (6, "active")])
def test_one_failure_soon_after_being_switched_on_again_is_one_too_many(
    webex: Emulator, robo: Api, hook: str, target: Receiver, wait: int, status: str
) -> None:
    target.status = 500
    write(robo, FAILURES_ALLOWED)
    idle(webex)
    robo.ok("PUT", f"/webhooks/{hook}", {"name": "m", "targetUrl": target.url, "status": "active"})
    webex.clock.move(timedelta(minutes=wait))
    write(robo, 1)
    idle(webex)
    assert status_of(robo, hook) == status


def test_a_target_that_does_not_answer_is_a_failure(
    webex: Emulator, robo: Api, hook: str, target: Receiver
) -> None:
    webex.state.deliveries.timeout_seconds = 0.05
    target.may_answer.clear()
    write(robo, 1)
    idle(webex)
    attempt = webex.state.deliveries.attempts[-1]
    assert attempt.has_failed
    assert attempt.status is None
    assert attempt.error is not None
    assert hook == attempt.webhook_id


def test_a_target_that_is_not_there_is_a_failure(webex: Emulator, robo: Api) -> None:
    wish = {"name": "m", "targetUrl": "http://127.0.0.1:9/", "resource": "messages", "event": "all"}
    robo.ok("POST", "/webhooks", wish)
    write(robo, 1)
    idle(webex)
    assert webex.state.deliveries.attempts[-1].has_failed


def test_a_slow_webhook_does_not_hold_up_another(
    webex: Emulator, robo: Api, control: Control, hook: str, target: Receiver
) -> None:
    target.may_answer.clear()
    wish = {"name": "n", "targetUrl": "http://127.0.0.1:9/", "resource": "messages", "event": "all"}
    robo.ok("POST", "/webhooks", wish)
    control.say(ANA, "hi", to=ROBO)
    assert not webex.state.deliveries.wait_until_idle(0.1)
    assert [attempt.webhook_id == hook for attempt in webex.state.deliveries.attempts] == [False]
    target.may_answer.set()
    idle(webex)


def test_a_deleted_webhook_is_told_nothing_more(
    webex: Emulator, robo: Api, hook: str, target: Receiver
) -> None:
    target.may_answer.clear()
    write(robo, 3)
    robo.ok("DELETE", f"/webhooks/{hook}")
    target.may_answer.set()
    idle(webex)
    assert len(target.heard) <= 1
