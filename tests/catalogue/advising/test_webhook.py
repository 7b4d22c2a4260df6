"""Webhooks: each thing that can be watched has a name of its own, and scopes of its own."""

from __future__ import annotations

import pytest

from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.webhook import webhook_in, webhook_on
from bot.catalogue.reading.vocabulary import Watched, watched
from tests.catalogue.made_up import CATALOGUE, OPERATIONS, Unreadable

KINDS = watched()
PLAIN = OPERATIONS.named("POST /webhooks")


def scopes_of(kind: Watched) -> tuple[frozenset[str], ...]:
    return OPERATIONS.named(kind.reads).any_of if kind.reads else kind.any_of


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_phrase_of_a_webhook_advises_the_scopes_of_what_it_watches(kind: Watched) -> None:
    meant = webhook_on(kind, OPERATIONS)
    advice = Advisor(CATALOGUE, OPERATIONS, Unreadable()).advise([meant.phrase])
    assert advice.phrases[0].operations == (meant,)
    assert meant.watches == kind.resource
    assert meant.operation.any_of == scopes_of(kind)
    assert meant.operation.name == PLAIN.name
    assert frozenset(advice.scopes) in scopes_of(kind)


def test_no_two_webhooks_have_the_same_phrase_or_title() -> None:
    webhooks = [webhook_on(kind, OPERATIONS) for kind in KINDS.values()]
    assert len({one.phrase for one in webhooks}) == len(webhooks)
    assert len({one.operation.title for one in webhooks} | {PLAIN.title}) == len(webhooks) + 1


def test_a_webhook_says_in_its_title_what_it_watches() -> None:
    webhook = webhook_on(KINDS["recordings"], OPERATIONS)
    assert webhook.operation.title == "Create a Webhook on recordings"
    assert webhook.phrase == "POST /webhooks on recordings"


@pytest.mark.parametrize(
    "ask",
    [
        "POST /webhooks on telephony_calls",
        "post /v1/webhooks ON Telephony_Calls.",
        "`POST  https://webexapis.com/v1/webhooks/ on telephony_calls`",
    ],
)
def test_a_person_may_type_the_phrase(ask: str) -> None:
    assert webhook_in(ask, OPERATIONS) == webhook_on(KINDS["telephony_calls"], OPERATIONS)


@pytest.mark.parametrize(
    "ask",
    [
        "POST /webhooks",
        "POST /webhooks on bananas",
        "POST /webhooks/on/recordings",
        "GET /webhooks on recordings",
        "POST /admin/webhooks on recordings",
        "tell me how to POST /webhooks on recordings",
    ],
)
def test_what_asks_for_something_else_is_no_such_webhook(ask: str) -> None:
    assert webhook_in(ask, OPERATIONS) is None


def test_a_webhook_on_nothing_that_is_known_stays_the_plain_one() -> None:
    advice = Advisor(CATALOGUE, OPERATIONS, Unreadable()).advise(["POST /webhooks on bananas"])
    assert [one.operation for one in advice.phrases[0].operations] == [PLAIN]
