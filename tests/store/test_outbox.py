from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.errors import LeaseLost
from bot.core.messages import Delivery, Message, to_email, to_person, to_room
from bot.core.queues import Lease
from bot.store.sealing import Sealer, generate_key
from bot.store.store import Store
from tests.core.examples import DAY, NOW
from tests.store.racing import race

MINUTE = timedelta(minutes=1)
HELLO = Message(to_room("space"), "Hello, *Zoë*", key="hello", topic="calling:anna")


def decide(store: Store, *messages: Message) -> None:
    with store.begin() as work:
        for message in messages:
            assert work.outbox.put(message, now=NOW)


def claim(store: Store, after: timedelta = timedelta()) -> tuple[Lease, Delivery] | None:
    with store.begin() as work:
        return work.outbox.claim("worker", now=NOW + after, lease=MINUTE)


def claimed(store: Store, after: timedelta = timedelta()) -> tuple[Lease, Delivery]:
    found = claim(store, after)
    assert found
    return found


@pytest.mark.parametrize(
    "message",
    [
        HELLO,
        Message(to_person("anna"), "See the card", card={"type": "AdaptiveCard", "body": [1]}),
        Message(to_email("anna@example.com"), "", retracts="message-1"),
    ],
)
def test_a_message_comes_out_as_it_went_in(store: Store, message: Message) -> None:
    decide(store, message)
    _, delivery = claimed(store)
    assert delivery.message == message
    assert (delivery.attempts, delivery.created_at, delivery.tried_at) == (1, NOW, None)


def test_a_message_with_a_key_is_decided_once_and_without_one_each_time(store: Store) -> None:
    keyless = replace(HELLO, key="")
    with store.begin() as work:
        assert work.outbox.put(HELLO, now=NOW)
        assert not work.outbox.put(HELLO, now=NOW)
        assert work.outbox.put(keyless, now=NOW)
        assert work.outbox.put(keyless, now=NOW)
        assert work.outbox.waiting() == 3


def test_messages_to_one_address_keep_their_order(store: Store) -> None:
    decide(store, HELLO, replace(HELLO, key="2"), replace(HELLO, key="3", to=to_person("anna")))
    _, first = claimed(store)
    _, second = claimed(store)
    assert (first.message.key, second.message.key) == ("hello", "3")
    assert claim(store) is None


def test_words_are_erased_when_they_are_out_and_the_message_is_known_as_ours(
    store: Store, engine: Engine
) -> None:
    decide(store, HELLO)
    lease, _ = claimed(store)
    with store.begin() as work:
        work.outbox.sent(lease, message_id="webex-1", now=NOW)
        assert work.outbox.is_ours("webex-1")
        assert not work.outbox.is_ours("webex-2")
    assert words_left(engine) == 0


def test_a_message_whose_sender_vanished_may_be_out_since_it_was_first_claimed(
    store: Store,
) -> None:
    decide(store, HELLO)
    claimed(store)
    _, second = claimed(store, after=MINUTE)
    _, third = claimed(store, after=2 * MINUTE)
    assert second.tried_at == third.tried_at == NOW


def test_a_doubtful_retry_may_be_out_and_a_refused_one_is_not(store: Store) -> None:
    decide(store, HELLO)
    lease, _ = claimed(store)
    with store.begin() as work:
        work.outbox.retry(lease, at=NOW, reason="no answer", is_doubtful=True)
    lease, doubtful = claimed(store)
    assert doubtful.tried_at == NOW
    with store.begin() as work:
        work.outbox.retry(lease, at=NOW, reason="rate limit", is_doubtful=False)
    _, refused = claimed(store)
    assert refused.tried_at is None


def test_what_became_moot_is_withdrawn_unless_it_may_be_out(store: Store, engine: Engine) -> None:
    other = replace(HELLO, key="other", to=to_room("other"), topic="calling:ben")
    tried = replace(HELLO, key="tried", to=to_room("tried"))
    decide(store, tried)
    lease, _ = claimed(store)
    with store.begin() as work:
        work.outbox.retry(lease, at=NOW + DAY, reason="no answer", is_doubtful=True)
    decide(store, HELLO, other)
    with store.begin() as work:
        assert work.outbox.withdraw("calling:anna", now=NOW) == 1
        assert work.outbox.withdraw("calling:anna", now=NOW) == 0
    _, left = claimed(store)
    assert left.message == other
    assert claim(store) is None
    assert words_left(engine) == 2


def test_what_is_being_sent_is_not_withdrawn(store: Store) -> None:
    decide(store, HELLO)
    lease, _ = claimed(store)
    with store.begin() as work:
        assert work.outbox.withdraw("calling:anna", now=NOW) == 0
        work.outbox.sent(lease, message_id="webex-1", now=NOW)


def test_no_topic_is_no_topic_to_withdraw(store: Store) -> None:
    decide(store, replace(HELLO, topic=""))
    with store.begin() as work:
        assert work.outbox.withdraw("", now=NOW) == 0


def test_a_withdrawn_message_stays_decided(store: Store) -> None:
    decide(store, HELLO)
    with store.begin() as work:
        work.outbox.withdraw("calling:anna", now=NOW)
        assert not work.outbox.put(HELLO, now=NOW)


def test_a_parked_message_lets_its_address_go_on(store: Store) -> None:
    decide(store, HELLO, replace(HELLO, key="next"))
    lease, _ = claimed(store)
    with store.begin() as work:
        work.outbox.park(lease, now=NOW, reason="the bot was removed")
    _, following = claimed(store)
    assert following.message.key == "next"
    with pytest.raises(LeaseLost), store.begin() as work:
        work.outbox.sent(lease, message_id="webex-1", now=NOW)


def test_a_message_that_does_not_open_is_parked_and_holds_nobody_up(
    store: Store, engine: Engine
) -> None:
    stranger = Store(engine, Sealer.from_text(generate_key()))
    decide(stranger, replace(HELLO, key="sealed by an unknown key"))
    decide(store, HELLO)
    _, delivery = claimed(store)
    assert delivery.message == HELLO
    with engine.connect() as connection:
        reasons = connection.execute(text("SELECT reason FROM outbox WHERE state = 'parked'"))
        assert "does not open" in reasons.scalar_one()


def test_sent_and_withdrawn_messages_are_forgotten(store: Store) -> None:
    decide(store, HELLO, replace(HELLO, key="sent", topic=""))
    with store.begin() as work:
        work.outbox.withdraw(HELLO.topic, now=NOW)
    lease, _ = claimed(store)
    with store.begin() as work:
        work.outbox.sent(lease, message_id="webex-1", now=NOW)
    assert store.forget(before=NOW + DAY) == 2


def test_of_two_workers_only_one_sends_a_message(store: Store) -> None:
    for number in range(10):
        decide(store, replace(HELLO, key=str(number), to=to_room(str(number))))
        assert [bool(got) for got in race(lambda _name: claim(store))].count(True) == 1


def words_left(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT COUNT(message) FROM outbox")).scalar_one())
