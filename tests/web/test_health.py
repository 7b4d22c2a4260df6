from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry, Counter

from bot.web import application, health


def test_whoever_answers_is_alive(client: FlaskClient, ready: list[str]) -> None:
    ready.append("the database does not answer")
    assert client.get("/healthz").text == "alive\n"


def test_ready_means_that_nothing_keeps_it_from_serving(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


def test_what_keeps_it_from_serving_is_named(client: FlaskClient, ready: list[str]) -> None:
    ready += ["the database does not answer", "the disk is full"]
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.text == "the database does not answer\nthe disk is full\n"
    assert response.mimetype == "text/plain"


def test_the_numbers_come_in_prometheus_own_format() -> None:
    registry = CollectorRegistry()
    Counter("heard", "Messages heard", registry=registry).inc()
    door = health.blueprint(faults=list, registry=registry)
    response = application.create(door, is_secure=False).test_client().get("/metrics")
    assert "heard_total 1.0" in response.text
    assert response.content_type.startswith("text/plain; version=")
