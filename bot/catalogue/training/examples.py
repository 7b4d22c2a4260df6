"""What the model learns from: the vocabulary as texts with what each of them means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import impossible, watched, words

_SAID_TOGETHER = 1.5
"""Tasks that lean on each other are rare and hard, so that each of them counts more."""
_TITLE = 0.5
"""Nobody speaks in titles, so that they count less."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it means.

    Attributes:
        meanings: Names of outcomes, the best known first; any of them is right. None where only
            the group is known.
        group: The product and the group of the operation.
        is_for_everyone: Whether it asks for other people's data; None where that is open.
        others: The tasks that were asked together with it.
        weight: How much it counts.
    """

    text: str
    meanings: tuple[str, ...] = ()
    group: tuple[str, str] | None = None
    is_for_everyone: bool | None = None
    others: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Outcomes:
    """Everything that a text can mean, in the order in which the model numbers it."""

    operations: tuple[str, ...]
    watched: tuple[str, ...] = field(default_factory=lambda: tuple(watched()))
    impossible: tuple[str, ...] = field(default_factory=lambda: tuple(impossible()))

    def numbers(self) -> dict[str, int]:
        """Give each its number: operations first, then what is watched, then what is impossible."""
        names = (*self.operations, *self.watched, *self.impossible)
        return {name: number for number, name in enumerate(names)}


def examples(operations: Operations) -> list[Example]:
    """Read the whole vocabulary."""
    found = [
        *_of_operations(operations),
        *_of_groups(),
        *_of_people(),
        *_said_together(),
        *(Example(ask, (kind.resource,)) for kind in watched().values() for ask in kind.asks),
        *(Example(ask, (kind.id,)) for kind in impossible().values() for ask in kind.asks),
    ]
    known = {*Outcomes(tuple(one.name for one in operations)).numbers()}
    return [one for one in found if known.issuperset(one.meanings)]


def _of_operations(operations: Operations) -> Iterator[Example]:
    for name, asks in words("operations.json").items():
        yield from (Example(ask, (name,)) for ask in asks)
    for operation in operations:
        yield Example(operation.title, (operation.name,), weight=_TITLE)


def _of_groups() -> Iterator[Example]:
    for product, groups in words("occasions.json").items():
        for group, asks in groups.items():
            yield from (Example(ask, group=(product, group)) for ask in asks)


def _of_people() -> Iterator[Example]:
    for entry in words("whose.json"):
        whose = entry.get("whose")
        everyone = None if whose is None else whose == "everyone"
        yield Example(entry["ask"], tuple(entry["operations"]), is_for_everyone=everyone)


def _said_together() -> Iterator[Example]:
    for tasks in words("together.json"):
        for task in tasks:
            others = tuple(other["ask"] for other in tasks if other is not task)
            if task["operations"]:
                meanings = tuple(task["operations"])
                yield Example(task["ask"], meanings, others=others, weight=_SAID_TOGETHER)
