"""The door for operators: alive, able to serve, and how much was done."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

Faults = Callable[[], list[str]]
"""Names what keeps us from serving, in words for an operator; an empty list means ready."""


def blueprint(*, faults: Faults, registry: CollectorRegistry) -> Blueprint:
    """Build the door.

    Args:
        faults: Looks at what serving needs.
        registry: Holds the numbers that were counted.
    """
    door = Blueprint("health", __name__)

    @door.get("/healthz")
    def alive() -> Response:
        return _plain("alive", HTTPStatus.OK)

    @door.get("/readyz")
    def ready() -> Response:
        found = faults()
        if found:
            return _plain("\n".join(found), HTTPStatus.SERVICE_UNAVAILABLE)
        return _plain("ready", HTTPStatus.OK)

    @door.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return door


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")
