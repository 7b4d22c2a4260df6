"""From a message in Webex to the bot's answer, over HTTP in both directions."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
import requests

from tests.stage import ANA, BEN, EVE, SAM, SPACE, Stage


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("help", "Hello"),
        ("HELP", "Hello"),
        ("integrations", "Integrations"),
        ("status", "Your connections"),
        ("stauts", "Your connections"),
        ("scopes", "Scopes"),
    ],
)
def test_a_person_who_writes_gets_a_card_that_answers(stage: Stage, text: str, title: str) -> None:
    stage.say(ANA, text)
    answer = stage.heard(ANA)[-1]
    assert title in answer["markdown"]
    assert answer["attachments"][0]["content"]["version"] == "1.3"


def test_a_mention_in_a_space_is_answered_there(stage: Stage) -> None:
    stage.say(ANA, "scopes spark:calls_read", space=SPACE)
    assert "spark:calls_read" in stage.heard_in(SPACE)[-1]["markdown"]
    assert stage.heard(ANA) == []


def test_private_matters_go_to_the_private_space(stage: Stage) -> None:
    stage.connect(ANA)
    before = len(stage.heard(ANA))
    stage.say(ANA, "status", space=SPACE)
    assert "Calling Dashboard" not in stage.heard_in(SPACE)[-1]["markdown"]
    assert "Calling Dashboard" in stage.heard(ANA)[before]["markdown"]


def test_a_consent_link_never_stands_in_a_group_space(stage: Stage) -> None:
    stage.say(ANA, "connect calling", space=SPACE)
    said = json.dumps(stage.heard_in(SPACE))
    assert "/connect/" not in said
    assert stage.link(ANA)


def test_an_outsider_gets_one_sentence_and_changes_nothing(stage: Stage) -> None:
    for _ in range(3):
        stage.say(EVE, "connect calling")
    assert len(stage.heard(EVE)) == 1
    assert "/connect/" not in stage.last(EVE)
    assert connections(stage) == []


def test_a_bystander_cannot_press_somebody_elses_button(stage: Stage) -> None:
    stage.connect(ANA)
    stage.say(ANA, "disconnect calling")
    card = stage.heard(ANA)[-1]
    inputs = card["attachments"][0]["content"]["actions"][0]["data"]
    stage.say(BEN, "help")
    stage.control("press", person=BEN, messageId=stage.heard(BEN)[-1]["id"], inputs=inputs)
    stage.play()
    assert connections(stage) == [(ANA, "active")]


def test_disconnecting_asks_once_and_leaves_no_token(stage: Stage) -> None:
    stage.connect(ANA)
    stage.say(ANA, "disconnect calling")
    question = stage.heard(ANA)[-1]
    assert connections(stage) == [(ANA, "active")]
    stage.press(ANA, question, "Disconnect")
    assert connections(stage) == [(ANA, "revoked")]
    assert question["id"] not in [said["id"] for said in stage.heard(ANA)]
    with stage.consentry.store.reading() as work:
        ended = work.connections.all()[0]
        assert work.connections.access_token(ended.id) is None
        assert work.connections.refresh_token(ended.id) is None


def test_a_replayed_webhook_is_acknowledged_and_does_nothing(stage: Stage) -> None:
    stage.say(ANA, "help")
    answers = len(stage.heard(ANA))
    delivery = stage.webex.state.deliveries.attempts[-1]
    messages = [one for one in stage.webex.state.deliveries.attempts if b"messages" in one.body]
    for delivery in messages:
        headers = {"X-Spark-Signature": str(delivery.signature)}
        answer = requests.post(delivery.url, data=delivery.body, headers=headers, timeout=5)
        assert answer.ok
    stage.play()
    assert len(stage.heard(ANA)) == answers


@pytest.mark.parametrize("signature", ["", "00", "f" * 40, "é"])
def test_forged_webhooks_are_refused_and_change_nothing(stage: Stage, signature: str) -> None:
    body = b'{"resource":"messages","event":"created","data":{"id":"1","roomId":"2"}}'
    headers = {"X-Spark-Signature": signature.encode()} if signature else {}
    answer = requests.post(f"{stage.url}/webhooks/webex", data=body, headers=headers, timeout=5)
    assert answer.status_code == 401
    with stage.consentry.store.reading() as work:
        assert work.inbox.waiting() == 0


def test_repeated_forgeries_tell_the_administrators_once(stage: Stage) -> None:
    for _ in range(12):
        requests.post(f"{stage.url}/webhooks/webex", data=b"{}", timeout=5)
    stage.play()
    assert len(stage.heard(SAM)) == 1
    assert "signature" in stage.last(SAM)


def test_a_signed_webhook_of_an_unknown_kind_is_quietly_ignored(stage: Stage) -> None:
    secret = stage.environ["WEBEX_WEBHOOK_SECRET"].encode()
    for body in (b'{"resource":"rooms","event":"migrated","data":{"id":"1"}}', b"[]", b"7"):
        signature = hmac.new(secret, body, hashlib.sha1).hexdigest()
        headers = {"X-Spark-Signature": signature}
        answer = requests.post(f"{stage.url}/webhooks/webex", data=body, headers=headers, timeout=5)
        assert answer.status_code < 300


def test_a_webhook_that_webex_switched_off_is_switched_on_again(stage: Stage) -> None:
    for webhook in stage.webex.state.webhooks.values():
        webhook.is_active = False
    stage.worker.receive()
    assert all(webhook.is_active for webhook in stage.webex.state.webhooks.values())
    stage.say(ANA, "help")
    assert stage.heard(ANA)


def connections(stage: Stage) -> list[tuple[str, str]]:
    with stage.consentry.store.reading() as work:
        return [(one.person.email, str(one.state)) for one in work.connections.all()]
