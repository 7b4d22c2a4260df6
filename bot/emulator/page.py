"""The chat page: what a person at a browser sees of the emulated Webex.

Cards are drawn by Microsoft's own renderer. Its file is served from here where it was installed,
and otherwise loaded from a content delivery network that must prove its integrity.
"""

from pathlib import Path

from flask import Flask, Response, render_template, send_file

RENDERER = "https://cdn.jsdelivr.net/npm/adaptivecards@3.0.6/dist/adaptivecards.min.js"
RENDERER_HASH = "sha384-M6IdJidOpX9E8ISrXtcfFvFTf4ePKNWDy3pRXxzb/8dro8ceUoIIzcK4higcq/JC"
POLICY = (
    "default-src 'none'; script-src 'self' https://cdn.jsdelivr.net; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' https: http: data:; frame-ancestors 'none'"
)


def install(app: Flask, organisation_name: str, adaptive_cards: Path | None) -> None:
    """Serve the chat page at `/`, with the renderer from this file where it exists."""
    is_local = adaptive_cards is not None and adaptive_cards.is_file()

    def chat() -> Response:
        page = render_template(
            "chat.html",
            organisation=organisation_name,
            renderer="/adaptivecards.js" if is_local else RENDERER,
            integrity=None if is_local else RENDERER_HASH,
        )
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return Response(page, mimetype="text/html", headers=headers)

    app.add_url_rule("/", "chat", chat)
    if is_local and adaptive_cards is not None:
        path = adaptive_cards.resolve()
        app.add_url_rule("/adaptivecards.js", "renderer", lambda: send_file(path))
