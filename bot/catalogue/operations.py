"""The operations of Webex's API: which need a scope, and which one a pasted request is.

It joins the data file with the reading of requests. Everybody else asks here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from bot.catalogue.operation import Operation
from bot.catalogue.operation_file import FILE, read_operations
from bot.catalogue.paths import Paths
from bot.catalogue.request import request_in
from bot.core.errors import BadInput

_SHOWN_OF_A_NAME = 160
"""Longer than any operation's name; what is longer need not be repeated."""


class UnknownOperation(BadInput):
    """The catalogue holds no operation of exactly this method and path."""

    def __init__(self, name: str) -> None:
        """Show the name as it came."""
        super().__init__(
            f"There is no operation “{' '.join(name.split())[:_SHOWN_OF_A_NAME]}”.",
            advice="Write it as Webex documents it, such as “GET /rooms/{roomId}”.",
        )


@dataclass(frozen=True, slots=True)
class Match:
    """What a pasted request can be.

    Attributes:
        operations: The operations of this method and path, the most literal first; none when
            Webex has no such operation that we know.
        methods: The methods that the path takes; when ``operations`` is empty and this is not,
            only the method is wrong.
    """

    operations: tuple[Operation, ...] = ()
    methods: tuple[str, ...] = ()


class Operations:
    """Every operation of Webex's API that we know, in the order of the data file."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        """Hold these operations; :meth:`load` brings the ones that ship with Consentry."""
        self._by_name = {operation.name: operation for operation in operations}
        self._paths = Paths(self)
        self._by_scope: defaultdict[str, list[Operation]] = defaultdict(list)
        for operation in self:
            for scope in operation.scopes:
                self._by_scope[scope].append(operation)

    @classmethod
    def load(cls) -> Operations:
        """Read the operations that ship with Consentry and check them.

        Raises:
            CatalogueBroken: The file is damaged or contradicts itself.
        """
        file = resources.files("bot.catalogue").joinpath(FILE)
        return cls(read_operations(file.read_text(encoding="utf-8")).values())

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def named(self, name: str) -> Operation:
        """Give the operation of exactly this method and path, such as ``GET /rooms/{roomId}``.

        Raises:
            UnknownOperation: There is none.
        """
        if name not in self._by_name:
            raise UnknownOperation(name)
        return self._by_name[name]

    def needing(self, scope: str) -> list[Operation]:
        """Give the operations that name a scope in any alternative, in the order of the file."""
        return list(self._by_scope.get(scope, ()))

    def at(self, text: str) -> Match | None:
        """Find what a pasted request is: a URL with ids and a query, a curl command, a path.

        Returns:
            None when the text is no request but words.
        """
        request = request_in(text)
        if request is None:
            return None
        found = self._paths.find(request.segments)
        if not found and not request.is_sure:
            return None
        fitting = tuple(operation for operation in found if operation.method == request.method)
        return Match(fitting, methods=tuple(dict.fromkeys(one.method for one in found)))
