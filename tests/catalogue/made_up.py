"""Scopes, operations and readings made up for the tests of the advisor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.operation import Operation
from bot.catalogue.operations import Operations
from bot.catalogue.scope import ALL_OF_A_PERSON, Access, Confidence, Level, Risk, Scope
from bot.catalogue.scopes import Catalogue

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
SCOPES = {
    name: Scope(
        name,
        matter="a matter",
        explains="Do it.",
        does_not="Nothing else.",
        level=Level.ADMIN if "admin" in name else Level.USER,
        access=Access.WRITE if "write" in name else Access.READ,
        risk=Risk.LOW,
        why="why",
        grantable_by="somebody",
        areas=(),
        confidence=Confidence.HIGH,
    )
    for name in ("a_read", "b_read", "c_read", "a_write", "b_write", "admin_a_read", "admin_write")
} | {ALL_OF_A_PERSON: CATALOGUE.explain(ALL_OF_A_PERSON)}


def operation(path: str, *any_of: str, confidence: Confidence = Confidence.HIGH) -> Operation:
    """Make an operation of alternatives, the scopes of each parted by spaces."""
    return replace(
        OPERATIONS.named("GET /rooms"),
        path=path,
        any_of=tuple(frozenset(one.split()) for one in any_of),
        confidence=confidence,
    )


def phrase(ask: str, *operations: Operation, everyone: bool = False) -> Phrase:
    candidates = tuple(Candidate(one, 0.9) for one in operations)
    return Phrase(ask, candidates, is_for_everyone=everyone)


class Unreadable:
    def read(self, asks: Sequence[str]) -> list[Phrase]:
        raise AssertionError(asks)


class Hearing:
    def __init__(self, asks: list[list[str]]) -> None:
        self.asks = asks

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        self.asks.append(list(asks))
        return [Phrase(ask) for ask in asks]


def broken_without(
    lost: Iterable[str], held: frozenset[str], phrases: Iterable[Phrase]
) -> set[str]:
    left = held.difference(lost)
    return {
        one.operations[0].operation.name
        for one in phrases
        if (any_of := suitable(one)) and not any(scopes <= left for scopes in any_of)
    }


def suitable(one: Phrase) -> list[frozenset[str]]:
    """Give the alternatives that do for a phrase: for everybody's data the far-reaching ones."""
    any_of = [scopes for scopes in one.operations[0].operation.any_of if scopes != {"spark:all"}]
    far = [
        scopes
        for scopes in any_of
        if any(scope.reaches_beyond_a_person for scope in CATALOGUE.describe(scopes))
    ]
    return far if one.is_for_everyone and far else any_of
