from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import browser_of

PAGES = [
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/connect/unknown"),
    ("HEAD", "/connect/unknown"),
    ("GET", "/oauth/callback"),
    ("GET", "/oauth/callback?state=a&state=b"),
    ("GET", "/webhooks/webex"),
    ("POST", "/webhooks/webex"),
    ("GET", "/nowhere"),
    ("GET", "/api/v1/nowhere"),
    ("GET", "/static/page.css"),
    ("GET", "/static/nothing.css"),
]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_every_answer_leaves_under_the_headers(client: FlaskClient, method: str, path: str) -> None:
    headers = client.open(path, method=method, buffered=True).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(("method", "path"), [page for page in PAGES if "page.css" not in page[1]])
def test_no_answer_but_the_style_sheet_is_kept(client: FlaskClient, method: str, path: str) -> None:
    assert client.open(path, method=method).headers["Cache-Control"] == "no-store"


def test_a_redirect_to_webex_leaves_under_the_headers(client: FlaskClient, link: str) -> None:
    response = client.get(link)
    assert response.status_code == 302
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


def test_without_tls_browsers_are_not_told_to_insist_on_it(build: Callable[[bool], Flask]) -> None:
    assert "Strict-Transport-Security" not in browser_of(build(False)).get("/").headers


def test_no_page_holds_script_or_style_of_its_own(client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/connect/unknown"):
        page = client.get(path).text.lower()
        assert "<script" not in page
        assert "<style" not in page
        assert "style=" not in page
