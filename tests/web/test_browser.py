import pytest
from flask import Request, Response
from werkzeug.test import EnvironBuilder

from bot.core.secrets import Secret
from bot.web.browser import BrowserCookie

COOKIE = BrowserCookie(Secret("planted-secret-key"), is_secure=True)


def written(cookie: BrowserCookie, value: str) -> str:
    response = Response()
    cookie.write(response, value)
    return response.headers["Set-Cookie"]


def read(header: str, cookie: BrowserCookie = COOKIE) -> str:
    return cookie.read(Request(EnvironBuilder(environ_base={"HTTP_COOKIE": header}).get_environ()))


def test_a_browser_is_known_again() -> None:
    value = COOKIE.new_value()
    assert read(written(COOKIE, value).partition(";")[0]) == value


def test_no_two_browsers_are_alike_and_none_can_be_guessed() -> None:
    values = {COOKIE.new_value() for _ in range(100)}
    assert len(values) == 100
    assert all(len(value) == 43 for value in values)


def test_over_tls_the_cookie_is_bound_to_this_very_host() -> None:
    header = written(COOKIE, "v")
    assert header.startswith("__Host-browser=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"):
        assert part in header.split("; ")
    assert "Domain" not in header


def test_without_tls_the_cookie_is_still_hidden_from_scripts() -> None:
    header = written(BrowserCookie(Secret("k"), is_secure=False), "v")
    assert header.startswith("browser=")
    assert "HttpOnly" in header
    assert "Secure" not in header


@pytest.mark.parametrize(
    "header",
    [
        "",
        "__Host-browser=",
        "__Host-browser=planted",
        "__Host-browser=planted.signature",
        "__Host-browser=" + "x" * 5000,
        "__Host-browser=é.ü",
        written(BrowserCookie(Secret("another key"), is_secure=True), "v").partition(";")[0],
        "browser=" + written(COOKIE, "v").partition(";")[0].partition("=")[2],
    ],
    ids=["none", "empty", "unsigned", "mis-signed", "long", "odd", "other-key", "other-name"],
)
def test_a_cookie_that_is_not_ours_is_none(header: str) -> None:
    assert read(header) == ""
