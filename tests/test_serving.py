"""Serving: a port that cannot be had is refused in a sentence, and no child outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from multiprocessing.connection import Connection

import pytest

from bot.core.errors import BadInput
from bot.serving import end_with_parent, insist_on_port
from tests.stage import free_port

SPAWN = multiprocessing.get_context("spawn")
_PATIENCE = 30.0


def test_a_free_port_stays_free() -> None:
    port = free_port()
    for _ in range(2):
        insist_on_port("127.0.0.1", port)


def test_a_taken_port_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as refused:
            insist_on_port("127.0.0.1", port, chosen_by="--port")
    assert str(refused.value) == (
        f"Port {port} is taken by another program. Choose another with --port and start again."
    )


@pytest.mark.parametrize(
    ("host", "port"),
    [("nosuch.invalid", 8080), ("999.1.1.1", 8080), ("a" * 64, 8080), ("127.0.0.1", 65536)],
)
def test_what_is_no_address_of_this_machine_is_refused(host: str, port: int) -> None:
    with pytest.raises(BadInput, match=f"Port {port} of {host} cannot be used: ") as refused:
        insist_on_port(host, port)
    assert ".." not in refused.value.message.removeprefix(f"Port {port} of {host}")


def test_a_process_that_nobody_spawned_waits_for_no_parent() -> None:
    before = threading.active_count()
    end_with_parent()
    assert threading.active_count() == before


def test_a_child_ends_when_its_parent_is_killed() -> None:
    ours, theirs = SPAWN.Pipe()
    parent = SPAWN.Process(target=_parent, args=(theirs,))
    parent.start()
    assert ours.poll(_PATIENCE)
    ours.recv()
    os.kill(parent.pid or 0, signal.SIGKILL)
    parent.join()
    theirs.close()
    # The pipe's other end is closed when the last process that holds it is gone.
    assert ours.poll(_PATIENCE)
    with pytest.raises(EOFError):
        ours.recv()


def _parent(pipe: Connection) -> None:
    SPAWN.Process(target=_child, args=(pipe,)).start()
    time.sleep(_PATIENCE)


def _child(pipe: Connection) -> None:
    end_with_parent()
    pipe.send("up")
    time.sleep(_PATIENCE)
