"""The front page: what this is, for whoever comes by without a link."""

from __future__ import annotations

from flask import Blueprint, render_template


def blueprint(*, chat_url: str = "") -> Blueprint:
    """Build the door.

    Args:
        chat_url: Where to try the chat when Webex is only emulated.
    """
    door = Blueprint("home", __name__)

    @door.get("/")
    def home() -> str:
        return render_template("home.html", chat_url=chat_url)

    return door
