"""A check with readings that a test teaches, and its finding written short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.check import check
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue
from bot.core.finding import Finding
from bot.core.scopes import WHO

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
PIZZA = "order a pizza"


@dataclass
class Words:
    """Reads the words that a test teaches it."""

    known: dict[str, Phrase] = field(default_factory=dict)

    def teach(self, ask: str, *names: str, everyone: bool = False, doubtful: bool = False) -> None:
        meant = tuple(Candidate(OPERATIONS.named(name), 0.9) for name in names)
        self.known[ask] = Phrase(ask, meant, is_for_everyone=everyone, is_doubtful=doubtful)

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        return [self.known.get(ask, Phrase(ask)) for ask in asks]


WORDS = Words()
WORDS.teach("post alerts", "POST /messages")
WORDS.teach("list everyone's spaces", "GET /rooms", everyone=True)
WORDS.teach("tell the team", "POST /messages", "POST /memberships", doubtful=True)
WORDS.known[PIZZA] = Phrase(PIZZA, refusal="Webex orders no food.")
ADVISOR = Advisor(CATALOGUE, OPERATIONS, WORDS)


def checked(scopes: str, *tasks: str, is_for_a_person: bool = True) -> Finding:
    return check(tuple(scopes.split()), tasks, ADVISOR, is_for_a_person=is_for_a_person)


def told(finding: Finding) -> str:
    """Write a finding short: -missing, +surely unneeded, ?maybe unneeded, =instead."""
    marks = [f"-{one.scope}" for one in finding.missing]
    for one in finding.unneeded:
        instead = f"={','.join(one.instead)}" if one.instead else ""
        marks.append(f"{'+' if one.is_sure else '?'}{one.scope}{instead}")
    return " ".join(marks)


def told_with_who(scopes: str, *tasks: str) -> str:
    """Check a set that has, or here gets, what Consentry itself needs."""
    has_who = {WHO, "spark:all"} & set(scopes.split())
    return told(checked(scopes if has_who else f"{scopes} {WHO}", *tasks))
