"""Reads the JSON object of a request, or refuses it as Webex does."""

import json

from flask import Request

from bot.emulator.errors import WebexError
from bot.emulator.records import Json


def read(asked: Request) -> Json:
    """Return the object that the body holds.

    Raises:
        WebexError: 415 for another type, 400 for what is no object or holds half a character.
    """
    if asked.mimetype != "application/json":
        raise WebexError(415, f"The body must be application/json, not {asked.mimetype!r}.")
    try:
        body = asked.get_json(silent=True)
        json.dumps(body, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise WebexError(400, "The body holds half a character, or is nested too deep.") from error
    if not isinstance(body, dict):
        raise WebexError(400, "The body is not a JSON object.")
    return body
