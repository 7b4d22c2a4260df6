from __future__ import annotations

from collections.abc import Sequence

from bot.catalogue.advising.advice import Candidate, Phrase
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.demands import demands_of
from bot.catalogue.advising.webhook import webhook_on
from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import watched
from bot.catalogue.scopes import Catalogue
from tests.fixed_ranking import FixedRanking

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


def test_whose_data_is_meant_is_a_guess_which_must_not_accuse() -> None:
    (demand,) = demands_of(["see all rooms"], ADVISOR).clear
    assert demand.advised == (EVERYBODYS,)
    assert demand.is_met_by(OWN)
    assert demand.is_met_by(EVERYBODYS)


def test_a_long_task_is_cut_in_its_title_alone() -> None:
    task = "see my rooms " * 20
    (demand,) = demands_of([task], ADVISOR).clear
    assert len(demand.title) < 120
    assert demand.task == task.strip()


def test_the_readings_of_a_doubtful_task_are_those_that_differ_in_scopes() -> None:
    direct = Candidate(OPERATIONS.named("GET /rooms/{roomId}"), 0.3)
    rooms, calls = (
        webhook_on(watched()[name], OPERATIONS) for name in ("rooms", "telephony_calls")
    )
    doubtful = Phrase("hear of it", (ROOMS, direct, rooms, calls), is_doubtful=True)
    advisor = Advisor(Catalogue.load(), OPERATIONS, FixedRanking({"hear of it": doubtful}))
    demands = demands_of(["hear of it"], advisor)
    assert demands.clear == ()
    assert demands.unclear[0].why == (
        "It may mean GET /rooms (List Rooms) or "
        "POST /webhooks on telephony_calls (Create a Webhook on telephony_calls)."
    )
    assert demands.maybe == {*OWN, *EVERYBODYS, "spark:calls_read"}


def test_a_webhook_that_was_declared_by_its_phrase_is_clear() -> None:
    (demand,) = demands_of(["POST /webhooks on rooms"], ADVISOR).clear
    assert demand.title == "POST /webhooks on rooms"
    assert demand.advised == (OWN,)


def test_what_is_not_clear_demands_nothing_but_may_need_something() -> None:
    demands = demands_of(["GET /nowhere"], ADVISOR)
    assert demands.clear == ()
    assert [one.task for one in demands.unclear] == ["GET /nowhere"]
    assert demands.maybe == frozenset()
