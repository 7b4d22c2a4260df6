from flask import Blueprint, request
from flask.testing import FlaskClient

from bot.web import application


def test_each_door_that_is_given_is_open(client: FlaskClient) -> None:
    for path in ("/", "/healthz", "/readyz", "/metrics", "/static/page.css"):
        assert client.get(path, buffered=True).status_code == 200


def test_a_door_that_is_not_given_does_not_exist() -> None:
    assert application.create(is_secure=False).test_client().get("/healthz").status_code == 404


def test_no_door_takes_more_than_a_megabyte() -> None:
    door = Blueprint("door", __name__)
    door.post("/")(lambda: str(len(request.get_data())))
    client = application.create(door, is_secure=False).test_client()
    assert client.post("/", data=b"x" * 2**20).status_code == 200
    assert client.post("/", data=b"x" * (2**20 + 1)).status_code == 413
