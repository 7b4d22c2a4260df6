import io
import json
import logging
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bot.core.events import Event
from bot.store.store import Store
from tests.web.conftest import NOON, said
from tests.web.test_signature import sign

PATH = "/webhooks/webex"
MESSAGE = {
    "id": "w1",
    "resource": "messages",
    "event": "created",
    "data": {"id": "m1", "roomId": "r1", "personId": "p1", "personEmail": "planted@example.com"},
}
PLANTED = "planted-7f3a"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
ENVELOPES = st.fixed_dictionaries(
    {
        "resource": st.just("messages") | ANY_JSON,
        "event": st.just("created") | ANY_JSON,
        "data": st.dictionaries(st.sampled_from(["id", "roomId", "personId"]), ANY_JSON) | ANY_JSON,
    }
)
QUIETLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def deliver(client: FlaskClient, envelope: object, headers: Mapping[str, str] | None = None) -> int:
    body = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
    signed = {"X-Spark-Signature": sign(body)} if headers is None else headers
    return client.post(PATH, data=body, headers=dict(signed)).status_code


def kept(store: Store) -> Event | None:
    with store.begin() as work:
        claimed = work.inbox.claim("test", now=NOON, lease=timedelta(minutes=1))
    return claimed[1] if claimed else None


def test_a_signed_webhook_is_durable_when_it_is_acknowledged(
    client: FlaskClient, store: Store
) -> None:
    assert deliver(client, MESSAGE) == 204
    assert kept(store) == Event("messages", "created", "m1", "r1", "p1")


def test_a_redelivery_is_acknowledged_and_kept_once(client: FlaskClient, store: Store) -> None:
    assert [deliver(client, MESSAGE), deliver(client, MESSAGE)] == [204, 204]
    assert kept(store)
    assert kept(store) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Spark-Signature": ""},
        {"X-Spark-Signature": "0" * 40},
        {"X-Spark-Signature": sign(json.dumps(MESSAGE).encode(), secret="another secret")},
        {"X-Spark-Signature": sign(b"another body")},
    ],
    ids=["none", "empty", "wrong", "other-secret", "other-body"],
)
def test_an_unsigned_or_forged_one_is_refused_and_not_kept(
    client: FlaskClient, store: Store, headers: dict[str, str]
) -> None:
    assert deliver(client, MESSAGE, headers) == 401
    assert kept(store) is None


def test_repeated_forgeries_alert_the_administrators(client: FlaskClient, store: Store) -> None:
    for _ in range(5):
        assert deliver(client, MESSAGE, {}) == 401
    assert said(store) == ["forged_webhooks"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"<xml/>", b"\xff\xfe", b"[" * 60_000, b"9" * 10_000, b'{"a":' * 12_000],
    ids=["empty", "cut", "xml", "binary", "deep-list", "long-number", "deep-object"],
)
def test_what_is_signed_but_no_json_is_a_bad_request(client: FlaskClient, body: bytes) -> None:
    assert deliver(client, body) == 400


@pytest.mark.parametrize(
    "envelope",
    [
        *(None, [], 7, "x", {}, {"data": None}, {"data": []}),
        MESSAGE | {"resource": "rooms"},
        MESSAGE | {"event": "updated"},
        MESSAGE | {"data": {}},
        MESSAGE | {"data": {"id": ["m1"]}},
        MESSAGE | {"data": {"id": "\ud800"}},
        MESSAGE | {"data": {"id": "\x00"}},
    ],
    ids=repr,
)
def test_what_is_none_of_our_business_is_welcomed_and_forgotten(
    client: FlaskClient, store: Store, envelope: object
) -> None:
    assert deliver(client, envelope) == 204
    assert kept(store) is None


def test_a_real_webhook_fits_and_a_larger_one_does_not(client: FlaskClient) -> None:
    padding = " " * (64 * 1024 - len(json.dumps(MESSAGE)))
    assert deliver(client, json.dumps(MESSAGE).encode() + padding.encode()) == 204
    assert deliver(client, json.dumps(MESSAGE).encode() + padding.encode() + b" ") == 413


def arrive(app: Flask, body: io.BytesIO, **environ: object) -> int:
    """Let a request arrive as a server hands it over, without a client that puts it right."""
    made = EnvironBuilder(PATH, method="POST").get_environ()
    _, status, _ = run_wsgi_app(app.wsgi_app, made | {"wsgi.input": body} | environ)
    return int(status.split()[0])


def test_a_chunked_body_that_is_too_large_is_not_read_to_its_end(app: Flask) -> None:
    body = io.BytesIO(b"x" * 10_000_000)
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert arrive(app, body, **chunked) == 413
    assert body.tell() <= 64 * 1024 + 1


def test_a_chunked_body_is_taken_like_any_other(app: Flask, store: Store) -> None:
    body = json.dumps(MESSAGE).encode()
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert arrive(app, io.BytesIO(body), HTTP_X_SPARK_SIGNATURE=sign(body), **chunked) == 204
    assert kept(store)


@pytest.mark.parametrize(
    ("surplus", "status"), [(-1, 401), (1, 400), (10**9, 413), (-(10**6), 401)]
)
def test_a_body_that_lies_about_its_length_is_not_what_was_signed(
    app: Flask, surplus: int, status: int
) -> None:
    body = json.dumps(MESSAGE).encode()
    lie = {"CONTENT_LENGTH": str(len(body) + surplus), "HTTP_X_SPARK_SIGNATURE": sign(body)}
    assert arrive(app, io.BytesIO(body), **lie) == status


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_a_post_is_taken(client: FlaskClient, method: str) -> None:
    assert client.open(PATH, method=method).status_code == 405


def test_a_forgery_that_cannot_be_counted_is_refused_all_the_same(
    client: FlaskClient, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.begin() as work:
        work._connection.exec_driver_sql("ALTER TABLE incidents RENAME TO elsewhere")
    for _ in range(6):
        assert deliver(client, MESSAGE, {}) == 401
    assert "could not be counted" in caplog.text


def test_what_could_not_be_kept_is_not_acknowledged(
    client: FlaskClient, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with store.begin() as work:
        work._connection.exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
    response = client.post(
        PATH,
        data=json.dumps(MESSAGE),
        headers={"X-Spark-Signature": sign(json.dumps(MESSAGE).encode())},
    )
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "could not be kept" in caplog.text
    assert "m1" not in caplog.text


@QUIETLY
@given(
    st.binary(max_size=300),
    st.dictionaries(
        st.sampled_from(["X-Spark-Signature", "X-Webex-Signature", "Content-Type", "Cookie"]),
        st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0")),
    ),
)
def test_no_bytes_and_no_headers_break_the_door_or_reach_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, body: bytes, headers: dict[str, str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert deliver(client, PLANTED.encode() + body, headers) == 401
    assert PLANTED not in caplog.text


@QUIETLY
@given(st.binary(max_size=300) | ENVELOPES | ANY_JSON)
def test_nothing_that_is_signed_breaks_the_door_or_reaches_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, envelope: object
) -> None:
    caplog.set_level(logging.DEBUG)
    assert deliver(client, envelope) in (204, 400)
    assert deliver(client, [PLANTED, str(envelope)]) == 204
    assert PLANTED not in caplog.text
