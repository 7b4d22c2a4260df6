import re

import pytest
import requests
from flask import Flask

from bot.emulator import control as control_api
from bot.emulator import gate
from bot.emulator.control import ROUTES
from bot.emulator.server import Emulator
from tests.emulator.world import Control


def test_the_index_tells_what_each_request_does(webex: Emulator) -> None:
    listing = requests.get(f"{webex.url}/_emulator/", timeout=5).json()
    assert len(listing) == len(ROUTES)
    assert all(
        re.match(r"(GET|POST|PUT|DELETE) /_emulator/", entry["request"]) for entry in listing
    )
    assert all(entry["does"] for entry in listing)


def test_other_machines_are_refused(webex: Emulator) -> None:
    app = Flask("control")
    gate.install(app, webex.state)
    control_api.install(app, webex.state)
    client = app.test_client()
    assert (
        client.get("/_emulator/clock", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    )
    assert client.get("/_emulator/clock", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200


def test_a_form_of_a_foreign_page_changes_nothing(webex: Emulator) -> None:
    url = f"{webex.url}/_emulator/clock"
    text = {"Content-Type": "text/plain"}
    assert (
        requests.post(url, data='{"move_seconds": 9}', headers=text, timeout=5).status_code == 415
    )
    assert requests.post(url, data={"move_seconds": "9"}, timeout=5).status_code == 415
    assert webex.clock.offset.total_seconds() == 0


def test_a_body_that_is_no_object_is_refused(control: Control) -> None:
    assert control.status("POST", "clock", ["move_seconds"]) == 400


def test_control_requests_are_not_in_the_log(control: Control) -> None:
    control("GET", "people")
    assert control("GET", "requests")["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example"},
        {"Host": "rebound.example:8081", "Origin": "http://rebound.example:8081"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_page_of_another_site_gets_nothing(webex: Emulator, headers: dict[str, str]) -> None:
    answer = requests.get(f"{webex.url}/_emulator/people", headers=headers, timeout=5)
    assert answer.status_code == 403
