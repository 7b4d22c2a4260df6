"""The web application: the caller chooses the doors, how they behave is settled here.

Separate from the doors, so that each of them can be read, and tested, without the others.
"""

from __future__ import annotations

from flask import Blueprint, Flask

from bot.web import error_pages, security

_LARGEST_BODY = 1024 * 1024
"""No door takes more; some take less."""


def create(*doors: Blueprint, is_secure: bool) -> Flask:
    """Build the application.

    Args:
        *doors: What it serves.
        is_secure: Whether browsers reach it over TLS.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    # A redirect that mends slashes would carry a ticket to whatever host the request named.
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    security.protect(app, is_secure=is_secure)
    error_pages.install(app)
    for door in doors:
        app.register_blueprint(door)
    return app
