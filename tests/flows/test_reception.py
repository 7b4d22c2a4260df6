from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import WebexBusy
from bot.core.events import HEARD
from bot.core.ports import Registration
from bot.flows.reception import Reception
from bot.store.store import Store
from tests.core.examples import NOW
from tests.fakes import FakeClock
from tests.flows.doubles import FakeWebhooks

OURS = "https://bot.example/webhooks/webex"


class Front:
    """A reception, and the webhooks as Webex has them."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock = store, FakeClock(NOW)
        self.webhooks = FakeWebhooks()
        self.reception = Reception(store, self.webhooks, self.clock, OURS)

    def complete(self) -> None:
        self.webhooks.registered = [
            Registration(f"h{number}", resource, event, OURS, is_current=True)
            for number, (resource, event) in enumerate(HEARD)
        ]


@pytest.fixture
def front(store: Store) -> Front:
    return Front(store)


def test_what_is_missing_is_registered(front: Front) -> None:
    front.reception.reconcile("worker")
    assert front.webhooks.done == [f"created {resource}:{event}" for resource, event in HEARD]
    assert {hook.target_url for hook in front.webhooks.registered} == {OURS}


def test_what_is_complete_is_left_alone(front: Front) -> None:
    front.complete()
    front.reception.reconcile("worker")
    assert front.webhooks.done == []


def test_what_is_disabled_or_signs_with_an_old_secret_is_revived(front: Front) -> None:
    front.complete()
    front.webhooks.registered[2] = replace(front.webhooks.registered[2], is_current=False)
    front.reception.reconcile("worker")
    assert front.webhooks.done == ["revived h2"]


def test_what_is_there_twice_is_removed_once(front: Front) -> None:
    front.complete()
    front.webhooks.registered.append(replace(front.webhooks.registered[0], id="twin"))
    front.reception.reconcile("worker")
    assert front.webhooks.done == ["deleted twin"]
    front.reception.reconcile("worker")
    assert front.webhooks.done == ["deleted twin"]


def test_webhooks_of_others_are_left_alone(front: Front) -> None:
    front.complete()
    elsewhere = Registration(
        "x", "messages", "created", "https://elsewhere.example/", is_current=False
    )
    unheard = Registration("y", "rooms", "created", OURS, is_current=False)
    front.webhooks.registered += [elsewhere, unheard]
    front.reception.reconcile("worker")
    assert {elsewhere, unheard} < set(front.webhooks.registered)
    assert not {"revived x", "revived y"} & set(front.webhooks.done)


def test_one_process_at_a_time_does_this(front: Front) -> None:
    with front.store.begin() as work:
        assert work.leases.take("webhooks", "first", now=front.clock(), lasts=timedelta(minutes=1))
    front.reception.reconcile("second")
    assert front.webhooks.registered == []


def test_a_round_that_failed_does_not_keep_the_next_from_trying(front: Front) -> None:
    front.webhooks.trouble = WebexBusy("Webex gave no answer.")
    with pytest.raises(WebexBusy):
        front.reception.reconcile("first")
    front.webhooks.trouble = None
    front.reception.reconcile("second")
    assert len(front.webhooks.registered) == len(HEARD)
