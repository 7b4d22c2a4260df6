import socket
from datetime import UTC, datetime, timedelta

import pytest
import requests
from requests.exceptions import ChunkedEncodingError, ReadTimeout

from bot.core.errors import WebexBusy, WebexRefused
from bot.webex import answers

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLANTED = "planted words of a body"


def answered(status: int, body: str = PLANTED, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.headers.update(headers)
    response.request = requests.Request("POST", "http://127.0.0.1/v1/messages").prepare()
    response._content = body.encode()
    return response


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_success_passes(status: int) -> None:
    answers.refuse_unless_good(answered(status), now=NOON)


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 409, 410])
def test_a_definite_no_is_refused_and_says_which(status: int) -> None:
    with pytest.raises(WebexRefused) as refused:
        answers.refuse_unless_good(answered(status), now=NOON)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("status", "was_maybe_done"),
    [(408, False), (423, False), (429, False), (500, True), (502, True), (503, True), (504, True)],
)
def test_a_passing_no_may_be_asked_again(status: int, was_maybe_done: bool) -> None:
    with pytest.raises(WebexBusy) as busy:
        answers.refuse_unless_good(answered(status, **{"Retry-After": "7"}), now=NOON)
    assert busy.value.was_maybe_done is was_maybe_done
    assert busy.value.retry_after == timedelta(seconds=7)


def test_an_error_names_the_tracking_id_and_quotes_no_body() -> None:
    with pytest.raises(WebexRefused) as refused:
        answers.refuse_unless_good(answered(403, Trackingid="ROUTER_1-2:3"), now=NOON)
    assert "ROUTER_1-2:3" in str(refused.value)
    assert PLANTED not in str(refused.value)


def test_a_tracking_id_that_looks_odd_is_left_out() -> None:
    with pytest.raises(WebexRefused, match=r"answered 403 to POST\. "):
        answers.refuse_unless_good(answered(403, trackingId="<b>\u2028"), now=NOON)


def test_a_connection_that_never_came_about_did_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(requests.ConnectionError) as error:
        requests.get(f"http://127.0.0.1:{port}/", timeout=2)
    assert not answers.lost(error.value).was_maybe_done


@pytest.mark.parametrize(
    "error", [ReadTimeout("slow"), ChunkedEncodingError("cut"), requests.ConnectionError()]
)
def test_an_answer_that_got_lost_may_have_been_preceded_by_the_deed(
    error: requests.RequestException,
) -> None:
    assert answers.lost(error).was_maybe_done


@pytest.mark.parametrize("answer", [None, [], "x", 7, {}, {"id": 7}, {"id": ""}])
def test_an_answer_without_an_id_is_none(answer: object) -> None:
    with pytest.raises(WebexBusy, match="no id") as busy:
        answers.identifier(answer)
    assert busy.value.was_maybe_done


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"<html></html>"])
def test_what_is_no_json_object_reads_as_an_empty_one(body: bytes) -> None:
    response = answered(200)
    response._content = body
    assert answers.json_object(response) == {}
