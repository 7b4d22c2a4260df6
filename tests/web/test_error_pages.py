import logging

import pytest
from flask import Blueprint, Flask, abort

from bot.core.errors import BadInput, WebexBusy
from bot.web import application

PLANTED = "planted-ticket"


@pytest.fixture
def app() -> Flask:
    door = Blueprint("door", __name__)

    def fail(kind: str) -> str:
        if kind == "bad-input":
            raise BadInput("No <integration> has this name.", advice="Say integrations in chat.")
        if kind == "webex":
            raise WebexBusy("Webex gave no answer.")
        if kind.isdigit():
            abort(int(kind))
        raise ZeroDivisionError(PLANTED)

    for prefix in ("", "/api/v1", "/webhooks"):
        door.add_url_rule(f"{prefix}/fail/<kind>", f"fail{prefix.replace('/', '-')}", fail)
    return application.create(door, is_secure=False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 429, 503])
def test_every_error_is_a_page_with_words(app: Flask, status: int) -> None:
    response = app.test_client().get(f"/fail/{status}")
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "<h1>" in response.text
    assert "What to do now" in response.text


@pytest.mark.parametrize("prefix", ["/api/v1", "/webhooks"])
@pytest.mark.parametrize("status", [400, 404, 413, 500])
def test_a_program_gets_problem_details(app: Flask, prefix: str, status: int) -> None:
    response = app.test_client().get(f"{prefix}/fail/{status}")
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


def test_an_address_that_nobody_serves_is_explained(app: Flask) -> None:
    response = app.test_client().get("/no/such/page")
    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert app.test_client().get("/api/v2/x").mimetype == "application/problem+json"


def test_a_method_that_is_not_taken_is_explained_and_the_others_named(app: Flask) -> None:
    response = app.test_client().post("/fail/400")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "Not this way" in response.text


def test_bad_input_is_told_in_its_own_words_and_builds_no_markup(app: Flask) -> None:
    response = app.test_client().get("/fail/bad-input")
    assert response.status_code == 400
    assert "No &lt;integration&gt; has this name." in response.text
    assert "Say integrations in chat." in response.text


def test_a_webex_that_fails_is_worth_another_try(app: Flask) -> None:
    response = app.test_client().get("/fail/webex")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Webex could not finish" in response.text


def test_a_fault_of_ours_shows_no_trace_and_logs_where_it_was_but_no_words(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = app.test_client().get(f"/fail/{PLANTED}")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "ZeroDivisionError" not in response.text
    assert "ZeroDivisionError" in caplog.text
    assert "test_error_pages.py" in caplog.text
    assert PLANTED not in response.text + caplog.text.replace(
        f"raise ZeroDivisionError({PLANTED!r})", ""
    )
