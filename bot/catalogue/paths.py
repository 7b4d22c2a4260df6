"""Tells which operations a request goes to, ids and placeholders aside.

Separate from the operations because it is about the shape of paths only, and knows nothing of
scopes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from bot.catalogue.operation import Operation
from bot.catalogue.request import segments_of

Segments = tuple[str, ...]


class Paths:
    """The paths of many operations."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        """Sort them by their number of segments, so that few are compared."""
        self._by_length: defaultdict[int, list[tuple[Segments, Operation]]] = defaultdict(list)
        for operation in operations:
            template = segments_of(operation.path)
            self._by_length[len(template)].append((template, operation))

    def find(self, segments: Segments) -> list[Operation]:
        """Give the operations of this path, whatever their method, the most literal first.

        Capitals count, unless nothing would be found.
        """
        return self._fitting(segments, str) or self._fitting(segments, str.lower)

    def _fitting(self, segments: Segments, spelt: Callable[[str], str]) -> list[Operation]:
        wanted = [spelt(segment) for segment in segments]
        fitting = [
            (_looseness(template), operation)
            for template, operation in self._by_length.get(len(wanted), ())
            if all(map(_fits, map(spelt, template), wanted))
        ]
        return [operation for _, operation in sorted(fitting, key=lambda found: found[0])]


def _looseness(template: Segments) -> list[int]:
    """Rank literal segments before placeholders; a placeholder with a suffix is in between."""
    return [
        (segment.startswith("{") and segment.endswith("}")) + ("{" in segment)
        for segment in template
    ]


def _fits(template: str, segment: str) -> bool:
    before, brace, rest = template.partition("{")
    if not brace:
        return template == segment
    after = rest.partition("}")[2]
    is_filled = len(segment) > len(before) + len(after)
    return is_filled and segment.startswith(before) and segment.endswith(after)
