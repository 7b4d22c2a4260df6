"""A running local Webex: state, routes and an HTTP server in a thread of its own."""

import logging
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from bot.emulator import control, gate, oauth, page, rest
from bot.emulator.clock import EmulatorClock
from bot.emulator.memory import install as install_memory
from bot.emulator.organisation import Organisation
from bot.emulator.state import State

LOG = logging.getLogger(__name__)
STOP_CHECK_SECONDS = 0.02  # how soon `stop` is noticed; tests stop many emulators


class Emulator:
    """Run a local Webex: `with Emulator(organisation) as webex: ... webex.api_url`.

    Args:
        port: 0 takes a free one.
        adaptive_cards: The `adaptivecards.min.js` that the chat page shall draw cards with;
            without it the page loads the same file from a content delivery network.
        memory: A file in which everything is remembered from one start to the next.
    """

    def __init__(
        self,
        organisation: Organisation,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        adaptive_cards: Path | None = None,
        memory: Path | None = None,
    ) -> None:
        self.clock = EmulatorClock()
        self.state = State(organisation, self.clock)
        self.app = _app(self.state, organisation.name, adaptive_cards)
        if memory is not None:
            install_memory(self.app, self.state, memory)
        self._server = _Server(host, port, self.app)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_CHECK_SECONDS,), daemon=True
        )
        self.url = f"http://{host}:{self._server.port}"
        self.api_url = f"{self.url}/v1"

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering, cut open connections, end the deliveries."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        self._server.cut_connections()
        self.state.deliveries.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _app(state: State, organisation_name: str, adaptive_cards: Path | None) -> Flask:
    app = Flask(__name__)
    gate.install(app, state)
    control.install(app, state)
    rest.install(app, state)
    oauth.install(app, state)
    page.install(app, organisation_name, adaptive_cards)
    return app


class _Server(ThreadedWSGIServer):
    """Werkzeug's threaded server, which also ends connections that clients keep open."""

    def __init__(self, host: str, port: int, app: Flask) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(host, port, app, _QuietHandler)

    def get_request(self) -> tuple[socket.socket, object]:
        """Accept a connection and remember it."""
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forget a connection that has ended."""
        self._connections.discard(cast("socket.socket", request))
        super().close_request(request)

    def cut_connections(self) -> None:
        """End every connection that is still open."""
        for connection in list(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                LOG.debug("A connection had ended by itself")


class _QuietHandler(WSGIRequestHandler):
    """Writes the request log at debug level; the control API shows it better."""

    def log_request(self, code: int | str = "-", _size: int | str = "-") -> None:
        LOG.debug("%s %s %s", self.command, self.path.partition("?")[0], code)
