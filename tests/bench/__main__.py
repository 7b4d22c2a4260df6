"""``make bench``: runs the benchmarks that are named, or all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench import advice, answers, due, refreshes, webhooks
from tests.bench.machine import describe

BENCHMARKS: dict[str, Callable[[], None]] = {
    "webhooks": webhooks.run,
    "answers": answers.run,
    "refreshes": refreshes.run,
    "due": due.run,
    "advice": advice.run,
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}.")
    print(describe())
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
