"""The headers under which every answer leaves: not framed, sniffed, kept or passed on.

Separate, because no door may forget them.
"""

from __future__ import annotations

from flask import Flask, Response

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # The address of a page may hold a ticket or a code; no other site gets to see it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ONE_YEAR = 365 * 24 * 3600
_TLS_ONLY = {"Strict-Transport-Security": f"max-age={_ONE_YEAR}"}


def protect(app: Flask, *, is_secure: bool) -> None:
    """Set the headers on each answer of the application, error pages included.

    Args:
        app: The application.
        is_secure: Whether browsers reach it over TLS, and from then on must.
    """
    headers = _HEADERS | (_TLS_ONLY if is_secure else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        # The style sheet says for itself how long it keeps.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
