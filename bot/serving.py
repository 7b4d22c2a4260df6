"""The WSGI server: granian, one home for it.

Its access log stays off: the paths of consent links are secrets.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import socket
import threading
import time
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

from bot.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

    from bot.settings import Settings

_THREADS = 128
"""A sender that dawdles holds one, for the server has no deadline for a body; idle ones cost
nothing. A reverse proxy that buffers bodies keeps dawdlers out altogether."""
_LOOK_SECONDS = 0.05
_STOP_SECONDS = 3


def serve(
    settings: Settings,
    *,
    workers: int = 1,
    on_up: Callable[[], None],
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve until SIGINT or SIGTERM, in child processes that read the same environment.

    Args:
        settings: Where to listen.
        workers: How many child processes.
        on_up: Called in this process, in a thread, once a request would be answered.
        on_stop: Called in this process when the serving ends.
    """
    # A fork would copy the threads' locks, held or not, and the emulator's listening socket.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "bot.app:wsgi",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        log_access=False,
        log_enabled=False,
        respawn_failed_workers=True,
        # A Ctrl-C reaches the children, too, and one that was just stopping may miss the request.
        workers_kill_timeout=_STOP_SECONDS,
    )
    # The hook is called before the child processes listen.
    waiting = threading.Thread(target=_when_up, args=(settings, on_up), name="up", daemon=True)
    server.on_startup(waiting.start)
    server.on_shutdown(on_stop)
    server.serve()


def _when_up(settings: Settings, on_up: Callable[[], None]) -> None:
    while not _answers(settings.host, settings.port):
        time.sleep(_LOOK_SECONDS)
    on_up()


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def insist_on_port(host: str, port: int, *, chosen_by: str = "PORT=… or HOST=…") -> None:
    """Refuse where this process could not listen: a server would end in a long trace of its own.

    Args:
        host: The address to listen at.
        port: The port there.
        chosen_by: How whoever reads the refusal chooses another one.

    Raises:
        BadInput: The port is taken, is none, or is not ours to take; or the host is not ours.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address[0], port, *address[2:]))  # the lookup would wrap 65536 to 0
    except (OSError, OverflowError, UnicodeError) as error:
        reason = str(error).rstrip(".")
        is_taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise BadInput(
            f"Port {port} is taken by another program."
            if is_taken
            else f"Port {port} of {host} cannot be used: {reason}.",
            advice=f"Choose another with {chosen_by} and start again.",
        ) from error


def end_with_parent() -> None:
    """Let this serving process end when the one that started it is gone, even if that was killed.

    An orphan would go on holding the port, and the next start would fail.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), name="parent", daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
