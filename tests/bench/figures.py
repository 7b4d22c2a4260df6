"""Many measurements made into a few figures, and the table that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import TypeVar

Contender = TypeVar("Contender")
Measured = TypeVar("Measured")


def alternately(
    rounds: int, contenders: Iterable[Contender], measure: Callable[[Contender], Measured]
) -> list[list[Measured]]:
    """Measure the contenders in turn, so that a slow minute of the machine meets all of them.

    Returns:
        The measurements of each contender, in the order of the contenders.
    """
    order = list(contenders)
    by_round = [[measure(contender) for contender in order] for _ in range(rounds)]
    return [list(of_one) for of_one in zip(*by_round, strict=True)]


def middle(measured: Iterable[Measured], figure: Callable[[Measured], float]) -> float:
    """Give the median of one figure over the rounds."""
    return median(figure(one) for one in measured)


def percentile(waits: Sequence[float], percent: int) -> float:
    """Give the wait, in milliseconds, below which so many percent of all waits stay."""
    return quantiles(waits, n=100, method="inclusive")[percent - 1] * 1000


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose first column is text and whose other columns are figures."""
    lines = [tuple(columns), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(f"\n{title}")
    for first, *others in lines:
        figures = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        print("  ".join([f"  {first.ljust(widths[0])}", *figures]), flush=True)
