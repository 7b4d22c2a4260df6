"""The processes that a benchmark measures: the real commands, and a client apart from both."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from tests.scenarios.test_processes import CLEAN, CONSENTRY

_PATIENCE = 30.0
CONSENTRY_COMMAND = (str(CONSENTRY),)
PYTHON_MODULE = (sys.executable, "-m")


@contextmanager
def running(*command: str, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends; what it logs is not kept."""
    process = subprocess.Popen(
        command,
        env={**CLEAN, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def apart(*, reused: bool = True) -> ProcessPoolExecutor:
    """Make one process that is a copy of no other, for calls that must not share our threads.

    Args:
        reused: Whether the next call finds what the call before it left in memory.
    """
    # A fork server is small and stays so: what its children need is not mixed with what we need.
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(1, context, max_tasks_per_child=None if reused else 1)
