from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from bot.core.connections import Connection, State
from bot.core.integrations import Renewal
from bot.core.refusals import Refusal, RefusalKind
from bot.core.reminders import Ending
from bot.flows import reminders
from bot.flows.connections import change, topic_of
from tests.core.examples import ANNA, CALLING, DAY, NOW
from tests.flows.world import ADMIN, BEN, SPACE, TO_ANNA, TO_BEN, World, together

BUSY = Refusal(RefusalKind.PASSING, "HTTP 503")
GONE = Refusal(RefusalKind.GONE, "HTTP 400")
CLIENT = Refusal(RefusalKind.CLIENT, "HTTP 401")


def tokens_end(days: int) -> str:
    return f"warning calling tokens {days}d"


def fix(world: World, connection: Connection) -> None:
    """Have it known that refreshing leaves the deadline where it is."""
    world.change(replace(connection, deadline_is_fixed=True))


def test_a_healthy_connection_is_never_warned_about(world: World) -> None:
    world.connect()
    world.let_pass(400 * DAY)
    assert world.heard() == []
    assert world.connection().state is State.ACTIVE


def test_a_fixed_deadline_is_told_once_per_threshold_and_person_and_at_its_end(
    world: World,
) -> None:
    connection = world.connect()
    world.let_pass(120 * DAY, lambda: world.leave_the_deadline(NOW + 90 * DAY))
    told = world.heard()
    ended = world.connection().state
    assert ended in (State.NEEDS_CONSENT, State.EXPIRED)
    to_anna = [*map(tokens_end, (14, 7, 3, 1)), f"warning calling {ended} 0d"]
    assert [text for to, text in told if to == TO_ANNA] == to_anna
    to_admin = [f"concerns anna-id {what}" for what in ("tokens 3d", "tokens 1d", f"{ended} 0d")]
    for administrator in (ADMIN, SPACE):
        assert [text for to, text in told if to == administrator] == to_admin
    assert world.connection().id == connection.id


def test_the_end_of_the_last_token_is_told_and_written_down(world: World) -> None:
    world.change(world.connect().refused(BUSY, now=NOW))
    world.clock.move(90 * DAY)
    world.reminders.tell_due()
    assert (TO_ANNA, "warning calling expired 0d") in world.heard()
    assert world.connection().state is State.EXPIRED
    assert ("consentry", "connection.expired", topic_of(world.connection())) in world.audit()


def test_a_manual_renewal_is_warned_about_before_its_access_ends(world: World) -> None:
    world.register(replace(CALLING, slug="manual", renewal=Renewal.MANUAL))
    world.connect(ANNA, "manual")
    world.let_pass(20 * DAY)
    to_anna = [text for to, text in world.heard() if to == TO_ANNA]
    assert to_anna == [
        f"warning manual {what}" for what in ("tokens 7d", "tokens 3d", "tokens 1d", "expired 0d")
    ]


def test_a_bot_that_slept_says_only_the_most_urgent(world: World) -> None:
    fix(world, world.connect())
    world.clock.move(88 * DAY)
    world.reminders.tell_due()
    assert [text for to, text in world.heard() if to == TO_ANNA] == [tokens_end(3)]


def test_who_needs_to_consent_is_told_at_once(world: World) -> None:
    world.connect()
    world.clock.move(10 * DAY)
    world.authority.refusal = GONE
    world.refresh_until_idle()
    assert world.reminders.tell_due() == 1
    assert world.reminders.tell_due() == 0
    assert world.heard() == [
        (TO_ANNA, "warning calling needs_consent 0d"),
        (ADMIN, "concerns anna-id needs_consent 0d"),
        (SPACE, "concerns anna-id needs_consent 0d"),
    ]


def test_administrators_get_one_message_about_many(world: World) -> None:
    for person in (ANNA, BEN):
        world.change(world.connect(person).refused(GONE, now=NOW))
    assert world.reminders.tell_due() == 2
    to_admin = [text for to, text in world.heard() if to == ADMIN]
    assert to_admin == ["concerns anna-id needs_consent 0d, ben-id needs_consent 0d"]


def test_two_workers_tell_once(world: World) -> None:
    for person in (ANNA, BEN):
        world.change(world.connect(person).refused(GONE, now=NOW))
    got = together(lambda _: world.reminders.tell_due(), racers=3)
    assert [one for one in got if isinstance(one, Exception)] == []
    told = Counter(to for to, _ in world.heard())
    assert told[TO_ANNA] == told[TO_BEN] == 1
    assert told[ADMIN] <= 2, "one message each where two workers share the work"


def test_what_is_well_again_is_said_once_to_whoever_was_warned(world: World) -> None:
    world.connect()
    world.authority.refusal = BUSY
    world.let_pass(88 * DAY)
    told = world.heard()
    assert [text for to, text in told if to == TO_ANNA] == [*map(tokens_end, (14, 7, 3))]
    world.authority.refusal = None
    world.let_pass(DAY)
    assert sorted(world.heard()) == [(to, "recovered calling") for to in (ADMIN, TO_ANNA, SPACE)]
    world.let_pass(30 * DAY)
    assert world.heard() == []


def test_a_warning_that_still_waits_is_withdrawn_when_it_is_moot(world: World) -> None:
    connection = world.connect().refused(BUSY, now=NOW)
    world.change(connection)
    world.clock.move(80 * DAY)
    world.reminders.tell_due()
    world.refresh_until_idle()
    world.reminders.tell_due()
    assert world.heard() == [(TO_ANNA, "recovered calling")]


def test_a_time_box_is_warned_about_and_its_end_erases_the_tokens(world: World) -> None:
    connection = replace(world.connect(), ends_at=NOW + 30 * DAY)
    world.change(connection)
    world.let_pass(40 * DAY)
    to_anna = [text for to, text in world.heard() if to == TO_ANNA]
    assert to_anna == [
        *(f"warning calling time_box {days}d" for days in (14, 7, 3, 1)),
        "warning calling revoked 0d",
    ]
    assert world.kept(connection) == [None, None]


def test_who_heard_of_the_time_box_alone_hears_of_no_recovery(world: World) -> None:
    failing = world.connect().refused(BUSY, now=NOW)
    world.change(failing)
    world.clock.move(80 * DAY)
    world.reminders.tell_due()
    world.change(replace(world.connection(), ends_at=NOW + 82 * DAY))
    world.reminders.tell_due()
    assert [text for to, text in world.heard() if to == ADMIN] == ["concerns anna-id time_box 3d"]
    world.refresh_until_idle()
    world.reminders.tell_due()
    assert world.heard() == [(TO_ANNA, "recovered calling")]


def test_only_what_is_due_for_a_look_is_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BATCH", 1)
    for person in (ANNA, BEN):
        world.connect(person)
    assert [world.reminders.tell_due() for _ in range(3)] == [1, 1, 0]
    world.clock.move(91 * DAY)
    assert [world.reminders.tell_due() for _ in range(3)] == [1, 1, 0]


def test_a_change_while_a_warning_is_composed_is_looked_at_too(world: World) -> None:
    connection = replace(world.connect(), deadline_is_fixed=True)
    world.change(connection)
    world.clock.move(80 * DAY)

    def refuse() -> None:
        with world.store.begin() as work:
            now = world.clock()
            change(work, connection, lambda current: current.refused(GONE, now=now), now=now)

    thread = world.act_while_warning(refuse)
    world.reminders.tell_due()
    thread.join()
    assert world.connection().state is State.NEEDS_CONSENT
    world.reminders.tell_due()
    to_anna = [text for to, text in world.heard() if to == TO_ANNA]
    assert to_anna == [tokens_end(14), "warning calling needs_consent 0d"]


def forecast(world: World, days: int) -> list[tuple[int, Ending, int, tuple[str, ...]]]:
    """Give the forecast in days from the start, as plain values."""
    return [
        ((one.at - NOW).days, one.reminder.ending, one.reminder.threshold.days, one.recipients)
        for one in world.reminders.forecast(days)
    ]


def test_the_forecast_names_who_will_be_told_what_and_when(world: World) -> None:
    fix(world, world.connect())
    everybody = (TO_ANNA, ADMIN, SPACE)
    assert forecast(world, 200) == [
        (76, Ending.TOKENS, 14, (TO_ANNA,)),
        (83, Ending.TOKENS, 7, (TO_ANNA,)),
        (87, Ending.TOKENS, 3, everybody),
        (89, Ending.TOKENS, 1, everybody),
        (90, Ending.EXPIRED, 0, everybody),
    ]
    assert len(forecast(world, 83)) == 2


def test_the_forecast_leaves_out_what_was_told_before(world: World) -> None:
    fix(world, world.connect())
    world.clock.move(84 * DAY)
    world.reminders.tell_due()
    assert [(day, threshold) for day, _, threshold, _ in forecast(world, 4)] == [(87, 3)]
    world.change(world.connection().refused(GONE, now=world.clock()))
    world.reminders.tell_due()
    assert forecast(world, 100) == []


def test_the_forecast_is_soonest_first_over_all_connections(world: World) -> None:
    fix(world, world.connect(BEN))
    world.change(replace(world.connect(), ends_at=NOW + 40 * DAY))
    days = [day for day, *_ in forecast(world, 365)]
    assert days == sorted(days)
    assert {one.connection.person for one in world.reminders.forecast(365)} == {ANNA, BEN}


def test_what_the_forecast_promised_is_what_is_sent(world: World) -> None:
    fix(world, world.connect())
    world.change(replace(world.connect(BEN), ends_at=NOW + 50 * DAY))
    world.authority.refusal = BUSY
    promised = Counter(to for *_, recipients in forecast(world, 120) for to in recipients)
    world.let_pass(120 * DAY)
    heard = Counter(to for to, _ in world.heard())
    assert heard == promised
