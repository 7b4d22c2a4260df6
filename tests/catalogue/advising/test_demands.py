from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.demands import demands_of
from bot.catalogue.operations import Operations
from bot.catalogue.scopes import Catalogue

OPERATIONS = Operations.load()
ROOMS = Candidate(OPERATIONS.named("GET /rooms"), 0.9)


class Words:
    """Takes everything for the listing of rooms, for everybody where the words say so."""

    def read(self, asks: Sequence[str]) -> list[Phrase]:
        return [Phrase(ask, (ROOMS,), is_for_everyone="all" in ask) for ask in asks]


ADVISOR = Advisor(Catalogue.load(), OPERATIONS, Words())
OWN, EVERYBODYS = frozenset({"spark:rooms_read"}), frozenset({"spark-compliance:rooms_read"})


def test_any_alternative_meets_a_demand_though_one_is_advised() -> None:
    (demand,) = demands_of(["see my rooms"], ADVISOR).clear
    assert set(demand.any_of) == {OWN, EVERYBODYS}
    assert demand.advised == (OWN,)
    assert demand.title == "“see my rooms” (GET /rooms)"


def test_for_everybodys_data_a_persons_own_scope_does_not_do() -> None:
    (demand,) = demands_of(["see all rooms"], ADVISOR).clear
    assert not demand.is_met_by(OWN)
    assert demand.is_met_by(EVERYBODYS | OWN)


def test_a_long_task_is_cut_in_its_title_alone() -> None:
    task = "see my rooms " * 20
    (demand,) = demands_of([task], ADVISOR).clear
    assert len(demand.title) < 120
    assert demand.task == task.strip()


def test_what_is_not_clear_demands_nothing_but_may_need_something() -> None:
    demands = demands_of(["GET /nowhere"], ADVISOR)
    assert demands.clear == ()
    assert [one.task for one in demands.unclear] == ["GET /nowhere"]
    assert demands.maybe == frozenset()
