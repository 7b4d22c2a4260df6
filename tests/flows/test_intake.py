from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.events import Event
from bot.flows.intake import FORGED_ALARM, FORGED_WITHIN, Intake
from tests.core.examples import DAY, NOW
from tests.flows.world import ADMIN, SPACE, World, together

ENVELOPE = {
    "id": "webhook",
    "resource": "messages",
    "event": "created",
    "data": {"id": "m1", "roomId": "r1", "personId": "p1", "personEmail": "anna@example.com"},
}
FORGED = [(ADMIN, "forged 5"), (SPACE, "forged 5")]


@pytest.fixture
def intake(world: World) -> Intake:
    return Intake(
        store=world.store,
        administrators=world.administrators,
        notices=world.notices,
        clock=world.clock,
    )


def claimed(world: World) -> list[Event]:
    """Take what waits out of the inbox."""
    events = []
    with world.store.begin() as work:
        while found := work.inbox.claim("reader", now=world.clock(), lease=timedelta(minutes=1)):
            lease, event = found
            work.inbox.done(lease, now=NOW)
            events.append(event)
    return events


def test_an_event_is_kept_once_however_often_it_is_delivered(world: World, intake: Intake) -> None:
    assert intake.accept(ENVELOPE)
    assert not intake.accept(ENVELOPE)
    assert claimed(world) == [Event("messages", "created", "m1", "r1", "p1")]
    assert not intake.accept(ENVELOPE), "not even after it was handled"
    assert claimed(world) == []


def test_of_two_deliveries_at_once_one_is_kept(world: World, intake: Intake) -> None:
    assert sorted(together(lambda _: intake.accept(ENVELOPE)), key=bool) == [False, True]
    assert len(claimed(world)) == 1


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        "text",
        {**ENVELOPE, "resource": "rooms"},
        {**ENVELOPE, "data": {"id": "m\x00"}},
        {**ENVELOPE, "data": {"id": "m\ud800"}},
    ],
)
def test_nonsense_is_left_out_quietly(world: World, intake: Intake, odd: object) -> None:
    assert not intake.accept(odd)
    assert claimed(world) == []


def test_an_event_with_an_odd_room_is_kept_without_it(world: World, intake: Intake) -> None:
    assert intake.accept({**ENVELOPE, "data": {"id": "m1", "roomId": "r\x00"}})
    assert claimed(world) == [Event("messages", "created", "m1")]


def test_a_few_wrong_signatures_are_nobodys_business(world: World, intake: Intake) -> None:
    for _ in range(FORGED_ALARM - 1):
        intake.forged()
    assert world.heard() == []
    assert world.incidents() == {}


def test_wrong_signatures_that_pile_up_are_told(world: World, intake: Intake) -> None:
    for _ in range(FORGED_ALARM):
        intake.forged()
        world.clock.move(FORGED_WITHIN / FORGED_ALARM)
    assert world.heard() == FORGED
    assert world.incidents() == {"forged-webhooks": FORGED_ALARM}


def test_wrong_signatures_now_and_then_are_not(world: World, intake: Intake) -> None:
    for _ in range(50):
        intake.forged()
        world.clock.move(FORGED_WITHIN / (FORGED_ALARM - 1) * 1.01)
    assert world.heard() == []


def test_a_flood_is_told_once_a_day_and_costs_one_write_an_hour(
    world: World, intake: Intake
) -> None:
    for _ in range(10 * FORGED_ALARM):
        intake.forged()
    assert world.heard() == FORGED
    assert world.incidents() == {"forged-webhooks": FORGED_ALARM}
    world.clock.move(DAY)
    for _ in range(FORGED_ALARM):
        intake.forged()
    assert world.heard() == FORGED


def test_a_flood_through_many_doors_is_told_once(world: World, intake: Intake) -> None:
    got = together(lambda _: intake.forged(), racers=2 * FORGED_ALARM)
    assert got == [None] * 2 * FORGED_ALARM
    assert world.heard() == FORGED
