"""A client that sends prepared HTTP requests over connections that stay open.

One thread and no HTTP library: on a small machine the client takes its time from the server that
it measures, so it has to cost little.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD_ENDS = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_GOOD = b"HTTP/1.1 2"
_CHUNK = 64 * 1024
_SILENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Load:
    """What to send. A rate of 0 sends on each connection as soon as the last answer is there."""

    port: int
    requests: Sequence[bytes]
    connections: int
    per_second: float = 0.0


@dataclass(frozen=True)
class Answered:
    """How long all answers took together, and how long each was waited for, in seconds."""

    seconds: float
    waits: list[float]

    @property
    def per_second(self) -> float:
        """How many answers came per second."""
        return len(self.waits) / self.seconds


def press(load: Load) -> Answered:
    """Send everything and wait for every answer.

    At a given rate a wait begins when the request was to be sent, not when a connection was free
    for it: otherwise a server that stalls would look good.
    """
    with selectors.DefaultSelector() as selector:
        client = _Client(load, selector)
        try:
            return client.run()
        finally:
            client.close()


@dataclass
class _Exchange:
    """A connection with at most one request under way."""

    socket: socket.socket
    began: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class _Client:
    def __init__(self, load: Load, selector: selectors.BaseSelector) -> None:
        self._load = load
        self._selector = selector
        self._sent = 0
        self._waits: list[float] = []
        self._exchanges = [_Exchange(_connected(load.port)) for _ in range(load.connections)]
        self._free = list(self._exchanges)
        for exchange in self._exchanges:
            selector.register(exchange.socket, selectors.EVENT_READ, exchange)

    def run(self) -> Answered:
        self._started = time.perf_counter()
        while len(self._waits) < len(self._load.requests):
            self._send_what_is_due()
            ready = self._selector.select(self._pause())
            if not ready and len(self._free) < len(self._exchanges) and not self._load.per_second:
                raise TimeoutError(f"No answer within {_SILENCE_SECONDS:.0f} seconds.")
            for key, _ in ready:
                self._receive(key.data)
        return Answered(time.perf_counter() - self._started, self._waits)

    def close(self) -> None:
        for exchange in self._exchanges:
            exchange.socket.close()

    def _due_at(self) -> float:
        """Say when the next request is to be sent."""
        rate = self._load.per_second
        return self._started + self._sent / rate if rate else time.perf_counter()

    def _is_to_send(self) -> bool:
        return bool(self._free) and self._sent < len(self._load.requests)

    def _send_what_is_due(self) -> None:
        while self._is_to_send() and (due := self._due_at()) <= time.perf_counter():
            exchange = self._free.pop()
            exchange.began = due
            exchange.socket.sendall(self._load.requests[self._sent])
            self._sent += 1

    def _pause(self) -> float:
        if self._load.per_second and self._is_to_send():
            return max(0.0, self._due_at() - time.perf_counter())
        return _SILENCE_SECONDS

    def _receive(self, exchange: _Exchange) -> None:
        chunk = exchange.socket.recv(_CHUNK)
        exchange.received += chunk
        if not chunk:
            raise ConnectionError("The server hung up.")
        if not _is_whole(exchange.received):
            return
        self._waits.append(time.perf_counter() - exchange.began)
        if not exchange.received.startswith(_GOOD):
            raise ValueError(f"The server answered {bytes(exchange.received[:40])!r}.")
        exchange.received.clear()
        self._free.append(exchange)


def _connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=_SILENCE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _is_whole(received: bytearray) -> bool:
    head, found, body = received.partition(_HEAD_ENDS)
    if not found:
        return False
    length = _LENGTH.search(head)
    return len(body) >= (int(length[1]) if length else 0)
