from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.errors import WebexBusy, WebexRefused
from bot.core.messages import Message, address, to_email, to_person, to_room
from bot.flows.deliveries import GIVE_UP_AFTER, SEND_LEASE, Deliveries
from bot.store.store import Store
from tests.core.examples import DAY, NOW
from tests.flows.post import Post, SlowOffice
from tests.flows.world import ADMIN, SPACE, World, together

ROOM, ANNA = to_room("r1"), to_person("p1")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
BUSY = WebexBusy("Webex is busy.")
LOST = WebexBusy("Webex did not answer.", was_maybe_done=True)
NO = WebexRefused("Webex says no.", status=404)


@pytest.fixture
def post(store: Store) -> Post:
    return Post(World(store))


def test_nothing_to_send_is_nothing_done(post: Post) -> None:
    assert post.deliver() == 0


def test_messages_go_out_in_order_card_and_all_and_once(post: Post) -> None:
    post.put(ROOM, "one", "two", "three")
    assert post.deliver() == 3
    assert post.sent() == ["one", "two", "three"]
    assert post.office.sent[0] == Message(ROOM, "one", {"type": "AdaptiveCard"})
    assert post.deliver() == 0


def test_two_workers_send_nothing_twice_and_keep_the_order(post: Post) -> None:
    post.put(ROOM, "one", "two")
    post.put(ANNA, "three")
    together(post.deliveries.deliver_next)
    post.deliver()
    assert sorted(post.sent()) == ["one", "three", "two"]
    assert post.sent().index("one") < post.sent().index("two")


def test_a_message_that_waits_holds_back_its_space_and_no_other(post: Post) -> None:
    post.office.failures.append(WebexBusy("Too many.", retry_after=30 * SECOND))
    post.put(ROOM, "one", "two")
    post.deliver()
    post.put(ANNA, "three")
    post.deliver()
    assert post.sent() == ["three"]
    post.world.clock.move(29 * SECOND)
    assert post.deliver() == 0
    post.world.clock.move(SECOND)
    post.deliver()
    assert post.sent() == ["three", "one", "two"]


def test_a_refused_post_is_tried_again_later_and_later(post: Post) -> None:
    post.office.failures.extend([BUSY] * 5)
    post.put(ROOM, "one")
    tries = []
    for second in range(120):
        tries += [second] * post.deliver()
        post.world.clock.move(SECOND)
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits == sorted(waits)
    assert len(tries) == 6
    assert post.sent() == ["one"]
    assert post.office.looked_since == [], "a definite no is no doubt"


def test_a_doubtful_message_is_looked_up_and_not_sent_again(post: Post) -> None:
    post.office.failures.append(LOST)
    post.office.found = ["already-out"]
    post.put(ANNA, "one")
    post.deliver()
    post.world.clock.move(MINUTE)
    assert post.deliver() == 1
    assert post.sent() == []
    assert post.office.looked_since == [NOW - MINUTE], "their clock may be behind ours"
    assert post.repeats() == 0


def test_a_doubtful_message_that_is_not_out_is_sent(post: Post) -> None:
    post.office.failures.append(LOST)
    post.put(to_email("anna@example.com"), "one")
    post.deliver()
    post.world.clock.move(MINUTE)
    post.deliver()
    assert post.sent() == ["one"]


def test_an_earlier_message_with_the_same_words_is_not_mistaken_for_it(post: Post) -> None:
    post.put(ANNA, "same")
    post.deliver()
    post.office.failures.append(LOST)
    post.office.found = ["sent-1"]
    post.put(ANNA, "same")
    post.deliver()
    post.world.clock.move(MINUTE)
    post.deliver()
    assert post.sent() == ["same", "same"]


def test_in_a_group_space_a_doubtful_message_is_sent_again_and_counted(post: Post) -> None:
    post.office.failures.append(LOST)
    post.office.found = ["cannot be seen"]
    post.put(ROOM, "one")
    post.deliver()
    post.world.clock.move(MINUTE)
    post.deliver()
    assert post.sent() == ["one"]
    assert post.repeats() == 1
    assert post.office.looked_since == []


def test_a_space_that_is_one_to_one_is_read_back_too(post: Post) -> None:
    post.office.direct_rooms.add("r1")
    post.office.failures.append(LOST)
    post.office.found = ["already-out"]
    post.put(ROOM, "one")
    post.deliver()
    post.world.clock.move(MINUTE)
    post.deliver()
    assert (post.sent(), post.repeats()) == ([], 0)


def test_a_doubt_lasts_through_a_later_definite_failure(post: Post) -> None:
    post.office.failures.extend([LOST, BUSY])
    post.put(ANNA, "one")
    post.deliver()
    post.world.clock.move(MINUTE)
    post.deliver()
    post.office.found = ["out-after-all"]
    post.world.clock.move(MINUTE)
    post.deliver()
    assert post.sent() == []
    assert post.office.looked_since == [NOW - MINUTE] * 2


@pytest.mark.parametrize(("found", "sent"), [(["already-out"], []), ([], ["one"])])
def test_a_message_found_half_sent_after_a_crash_is_looked_up(
    post: Post, found: list[str], sent: list[str]
) -> None:
    post.die_after_sending(ANNA)
    post.office.found = found
    assert post.deliver() == 1
    assert post.sent() == sent


def test_a_definite_refusal_is_parked_and_the_space_goes_on(post: Post) -> None:
    post.office.failures.append(NO)
    post.put(ROOM, "one", "two")
    post.deliver()
    assert post.sent()[0] == "two"
    assert post.world.incidents() == {"undeliverable": 1}
    told = [(str(message.to), message.markdown) for message in post.office.sent[1:]]
    said = f"undeliverable: A message to room:r1: {NO.message}"
    assert told == [(ADMIN, said), (SPACE, said)]


def test_administrators_hear_of_one_address_once_a_day(post: Post) -> None:
    for _ in range(3):
        post.office.failures.append(NO)
        post.put(ROOM, "one")
        post.deliver()
    assert len(post.sent()) == 2
    post.world.clock.move(DAY)
    post.office.failures.append(NO)
    post.put(ROOM, "one")
    post.deliver()
    assert len(post.sent()) == 4
    assert post.world.incidents() == {"undeliverable": 4}


def test_an_administrator_who_cannot_be_reached_is_not_told_so(post: Post) -> None:
    post.office.failures.append(NO)
    post.put(address(ADMIN), "one")
    assert post.deliver() == 1
    assert post.sent() == []
    assert post.world.incidents() == {"undeliverable": 1}


def test_an_outage_of_a_day_parks_what_could_not_be_said(post: Post) -> None:
    post.put(ROOM, "one")
    post.world.clock.move(GIVE_UP_AFTER - SECOND)
    post.office.failures.append(BUSY)
    post.deliver()
    assert post.world.incidents() == {}
    post.world.clock.move(HOUR)
    post.office.failures.append(BUSY)
    post.deliver()
    assert post.world.incidents() == {"undeliverable": 1}


def test_a_card_is_taken_back_and_never_looked_up(post: Post) -> None:
    post.put(ANNA, "", retracts="old")
    with post.world.store.begin() as work:
        assert work.outbox.claim("dying", now=NOW, lease=SEND_LEASE)
    post.world.clock.move(SEND_LEASE)
    assert post.deliver() == 1
    assert post.office.retracted == ["old"]
    assert (post.sent(), post.office.looked_since) == ([], [])


@pytest.mark.parametrize("failure", [None, BUSY, NO])
def test_whoever_lost_the_lease_notes_nothing(post: Post, failure: Exception | None) -> None:
    def steal() -> None:
        post.world.clock.move(SEND_LEASE)
        with post.world.store.begin() as work:
            assert work.outbox.claim("other", now=post.world.clock(), lease=SEND_LEASE)

    slow = Deliveries(
        store=post.world.store,
        messenger=SlowOffice(steal, failure),
        administrators=post.world.administrators,
        notices=post.world.notices,
        clock=post.world.clock,
    )
    post.put(ANNA, "one")
    assert slow.deliver_next("slow")
    assert post.world.incidents() == {}
    post.world.clock.move(SEND_LEASE)
    post.office.found = ["sent-by-the-slow-one"]
    assert post.deliver() == 1, "it is still there for whoever took it over"
    assert post.sent() == []
