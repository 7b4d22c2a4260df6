import time

import pytest

from bot.catalogue.request import Request, request_in, segments_of

CURL = "curl -H 'Authorization: Bearer x/y' "


@pytest.mark.parametrize(
    ("text", "method", "path"),
    [
        ("GET /rooms", "GET", "rooms"),
        ("get /v1/rooms/", "GET", "rooms"),
        ("  Put /v1/rooms/abc", "PUT", "rooms/abc"),
        ("`DELETE /rooms/abc`", "DELETE", "rooms/abc"),
        ("GET: /rooms", "GET", "rooms"),
        ("[GET] /rooms", "GET", "rooms"),
        ("GET https://webexapis.com/v1/rooms/Y2lz...?max=5&x=a/b", "GET", "rooms/Y2lz"),
        ("GET HTTPS://webexapis.com/v1/rooms#top", "GET", "rooms"),
        ("GET http://127.0.0.1:8080/v1/rooms", "GET", "rooms"),
        ("GET {{baseUrl}}/rooms/{{roomId}}", "GET", "rooms/{{roomId}}"),
        ("GET $URL/rooms", "GET", "rooms"),
        ('POST /messages\n{"roomId": "a/b", "text": "GET /people"}', "POST", "messages"),
        ('POST /messages {"roomId":"a"}', "POST", "messages"),
        ("GET /rooms/{room id}/meetingInfo", "GET", "rooms/{room id}/meetingInfo"),
        ("GET /rooms/<the id>/meetingInfo", "GET", "rooms/<the id>/meetingInfo"),
        ("GET /rooms/:roomId", "GET", "rooms/:roomId"),
        ("What do I need for GET /rooms/{roomId}?", "GET", "rooms/{roomId}"),
        ("GET /rooms, then POST /messages.", "GET", "rooms"),
        ("OPTIONS /rooms", "OPTIONS", "rooms"),
        ("curl -X POST https://webexapis.com/v1/messages", "POST", "messages"),
        ("-X delete https://webexapis.com/v1/rooms/a", "DELETE", "rooms/a"),
        ("curl https://webexapis.com/v1/rooms --request 'PUT'", "PUT", "rooms"),
        ("$ curl webexapis.com/v1/rooms", "GET", "rooms"),
        (CURL + '"https://webexapis.com/v1/rooms?max=2"', "GET", "rooms"),
        (CURL + "https://webexapis.com/v1/rooms \\\n  -d '{\"a\": 1}'", "POST", "rooms"),
        (
            'curl --data "{\\"url\\": \\"https://a.b/c\\"}" https://webexapis.com/v1/webhooks',
            "POST",
            "webhooks",
        ),
    ],
)
def test_a_request_is_read_however_it_is_pasted(text: str, method: str, path: str) -> None:
    found = request_in(text)
    assert found == Request(method, tuple(path.split("/")))


def test_a_path_without_its_slash_is_only_perhaps_one() -> None:
    assert request_in("DELETE rooms/x") == Request("DELETE", ("rooms", "x"), is_sure=False)
    assert request_in("GET a.cisco.com/v1/x HTTP/1.1") == Request("GET", ("x",), is_sure=False)
    assert request_in('PUT rooms/x {"title": "b"}') == Request("PUT", ("rooms", "x"), is_sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rooms",
        "/rooms",
        "https://webexapis.com/v1/rooms",
        "get rooms",
        "delete old messages/files",
        "POST messages into a room",
        "post a line into our chat whenever https://ci.example/build breaks",
        "we put /tmp on the budget list",
        "target /rooms",
        "curl",
        "curl --help",
    ],
)
def test_words_are_no_request(text: str) -> None:
    assert request_in(text) is None


def test_segments_are_decoded_after_they_are_cut() -> None:
    assert segments_of("/a%2Fb/flows%3Aimport//c/") == ("a/b", "flows:import", "c")


def test_only_a_leading_v1_is_left_out() -> None:
    assert segments_of("/v1/api/v1/x") == ("api", "v1", "x")
    assert segments_of("https://webexapis.com/v1/V1/x") == ("x",)
    assert segments_of("/v2/tasks") == ("v2", "tasks")


@pytest.mark.parametrize("part", ["{a}", "<a", "{", "get ", "GET /a", "curl -d '", "-X "])
def test_a_hostile_text_is_read_quickly(part: str) -> None:
    started = time.monotonic()
    request_in("GET " + part * 100_000)
    request_in("curl " + part * 100_000)
    assert time.monotonic() - started < 0.5
