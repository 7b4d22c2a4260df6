"""Refusals, in the words and the JSON shape of Webex.

A rule raises `WebexError`; only the door to HTTP turns it into an answer. The same three fields
(`message`, `errors`, `trackingId`) come with every status, as the REST basics page describes.
"""

import uuid

from bot.emulator.records import Json

MESSAGES = {
    400: "The request could not be understood by the server due to malformed syntax.",
    401: "The request requires a valid access token set in the Authorization request header.",
    403: (
        "The server understood the request, but refused to fulfill it because the access token "
        "is missing required scopes or the user is missing required roles or licenses."
    ),
    404: "The requested resource could not be found.",
    405: "The method is not allowed for this resource.",
    409: "The request conflicts with what is already there.",
    410: "The requested resource is no longer available.",
    415: "The request was made to a resource without specifying a media type that it accepts.",
    429: "Too many requests have been sent in a given amount of time.",
}


class WebexError(Exception):
    """Refuse a request with a status and one sentence that says why."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def new_tracking_id(prefix: str = "ROUTER") -> str:
    """Return an id that names one answer, such as `ROUTER_65F0...`."""
    return f"{prefix}_{str(uuid.uuid4()).upper()}"


def error_body(status: int, description: str, tracking_id: str) -> Json:
    """Return the JSON that Webex sends with a refusal."""
    return {
        "message": MESSAGES.get(status, description),
        "errors": [{"description": description}],
        "trackingId": tracking_id,
    }
