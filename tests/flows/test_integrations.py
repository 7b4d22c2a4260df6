from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.connections import State
from bot.core.consent import Answer
from bot.core.errors import BadInput, LinkUnknown, UnknownIntegration
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from tests.core.examples import ANNA, CALLING, DAY, NOW
from tests.flows.world import BEN, GOOD, World

BUSY = Refusal(RefusalKind.PASSING, "HTTP 503")


def test_a_registered_integration_is_kept_and_written_down(world: World) -> None:
    assert world.integration() == CALLING
    assert world.audit() == [("operator", "integration.registered", "integration:calling")]


def test_a_faulty_or_doubled_integration_is_refused(world: World) -> None:
    faulty = replace(CALLING, slug="faulty", scopes=())
    with world.store.begin() as work:
        with pytest.raises(BadInput, match="no scopes"):
            world.integrations.register(work, faulty, who="operator")
        with pytest.raises(BadInput, match="registered already"):
            world.integrations.register(work, CALLING, who="operator")
    assert len(world.audit()) == 1


def test_a_new_secret_takes_up_what_fails_and_leaves_the_others(world: World) -> None:
    failing = world.connect().refused(BUSY, now=NOW)
    world.change(failing)
    healthy = world.connect(BEN)
    with world.store.begin() as work:
        world.integrations.replace_secret(work, "calling", Secret("new"), who="operator")
    assert world.integration().client_secret == Secret("new")
    assert world.connection().refresh_due_at == NOW
    assert world.connection(BEN) == healthy
    assert world.audit()[-1] == ("operator", "integration.secret", "integration:calling")


def test_an_empty_or_misdirected_secret_is_refused(world: World) -> None:
    with world.store.begin() as work:
        with pytest.raises(BadInput, match="no client secret"):
            world.integrations.replace_secret(work, "calling", Secret(""), who="operator")
        with pytest.raises(UnknownIntegration):
            world.integrations.replace_secret(work, "nowhere", Secret("new"), who="operator")
    assert world.integration() == CALLING


def test_an_integration_goes_only_when_nobody_is_connected(world: World) -> None:
    world.connect()
    with world.store.begin() as work, pytest.raises(BadInput, match="1 connection"):
        world.integrations.remove(work, "calling", who="operator")
    world.disconnect()
    with world.store.begin() as work:
        world.integrations.remove(work, "calling", who="operator")
        assert work.integrations.all() == []
        assert work.connections.all() == []
    assert world.audit()[-1] == ("operator", "integration.removed", "integration:calling")


def test_the_listing_shows_each_integration_with_the_persons_own_connection(world: World) -> None:
    world.register(replace(CALLING, slug="other", name="Another"))
    world.clock.move(DAY)
    mine = world.connect(ANNA)
    world.connect(BEN, "other")
    with world.store.begin() as work:
        listed = world.integrations.listing(work, ANNA)
    assert [(integration.slug, connection) for integration, connection in listed] == [
        ("other", None),
        ("calling", mine),
    ]


def test_a_connection_that_is_over_is_not_listed(world: World) -> None:
    world.connect()
    world.disconnect()
    assert world.connection().state is State.REVOKED
    with world.store.begin() as work:
        assert world.integrations.listing(work, ANNA) == [(CALLING, None)]


@pytest.mark.parametrize("answer", [Answer("", code=GOOD), Answer("", error="access_denied")])
def test_an_integration_removed_meanwhile_takes_its_links_with_it(
    world: World, answer: Answer
) -> None:
    ticket = world.ticket()
    state = world.state(ticket)
    with world.store.begin() as work:
        world.integrations.remove(work, "calling", who="operator")
    with pytest.raises(LinkUnknown):
        world.state(ticket)
    with pytest.raises(LinkUnknown):
        world.consent.finish(replace(answer, state=state), "browser")
