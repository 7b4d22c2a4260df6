from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.connections import State
from bot.core.consent import Answer
from bot.core.errors import BadInput, LinkUnknown, UnknownIntegration
from bot.core.integrations import Integration, Kind
from bot.core.people import Person
from bot.core.refusals import Refusal, RefusalKind
from bot.core.secrets import Secret
from tests.catalogue.made_up import Hearing
from tests.core.examples import ANNA, CALLING, DAY, NOW
from tests.flows.world import ADVISOR, BEN, GOOD, World

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


ALERTS = replace(CALLING, slug="alerts", scopes=("spark:people_read",), tasks=("POST /messages",))
OWNER = "email:owner@example.com"


def change_scopes(world: World, *scopes: str) -> int:
    with world.store.begin() as work:
        return len(world.integrations.change_scopes(work, "alerts", scopes, who="operator"))


def declare_tasks(world: World, *tasks: str) -> None:
    with world.store.begin() as work:
        world.integrations.declare_tasks(work, "alerts", tasks, who="operator")


def test_the_owner_is_advised_once_with_the_registration(world: World) -> None:
    world.register(ALERTS)
    assert world.heard() == [(OWNER, "advice alerts: 1 missing")]
    assert world.integration("alerts").tasks == ALERTS.tasks


@pytest.mark.parametrize(
    "silent",
    [
        replace(ALERTS, scopes=("spark:messages_write", "spark:people_read")),
        replace(ALERTS, tasks=(), scopes=("spark:places_read",)),
    ],
)
def test_what_fits_or_declares_no_tasks_is_registered_in_silence(
    world: World, silent: Integration
) -> None:
    world.register(silent)
    assert world.heard() == []


def test_a_registration_that_fails_advises_nobody(world: World) -> None:
    world.register(ALERTS)
    world.heard()
    with pytest.raises(BadInput, match="registered already"):
        world.register(ALERTS)
    assert world.heard() == []


def test_each_change_is_told_and_the_one_that_mends_it_too(world: World) -> None:
    world.register(ALERTS)
    world.heard()
    change_scopes(world, "spark:people_read", "spark:messages_write", "spark:calls_write")
    assert world.heard() == [(OWNER, "advice alerts: 1 more than needed")]
    change_scopes(world, "spark:people_read", "spark:messages_write")
    assert world.heard() == [(OWNER, "advice alerts: they fit the declared tasks")]
    declare_tasks(world, "POST /messages", "GET /rooms")
    assert world.heard() == [(OWNER, "advice alerts: 1 missing")]
    declare_tasks(world)
    assert world.heard() == []
    assert [what for _, what, _ in world.audit()[-2:]] == ["integration.tasks"] * 2
    assert world.audit()[-3][1] == "integration.scopes"


def test_a_change_that_changes_nothing_is_no_news(world: World) -> None:
    world.register(ALERTS)
    world.heard()
    change_scopes(world, *ALERTS.scopes)
    declare_tasks(world, *ALERTS.tasks)
    assert world.heard() == []


def test_an_advice_that_still_waits_gives_way_to_the_newer_one(world: World) -> None:
    world.register(ALERTS)
    declare_tasks(world, "GET /rooms", "GET /teams")
    assert world.heard() == [(OWNER, "advice alerts: 2 missing")]


def test_with_the_integration_goes_the_advice_about_it(world: World) -> None:
    world.register(ALERTS)
    with world.store.begin() as work:
        world.integrations.remove(work, "alerts", who="operator")
    assert world.heard() == []


def test_connections_keep_what_was_granted_when_the_scopes_change(world: World) -> None:
    world.register(ALERTS)
    before = world.connect(ANNA, "alerts")
    world.connect(BEN, "alerts")
    assert change_scopes(world, "spark:messages_write") == 2
    assert world.connection(ANNA, "alerts") == before
    assert world.integration("alerts").scopes == ("spark:messages_write",)


def test_a_faulty_change_is_refused_and_leaves_no_trace(world: World) -> None:
    world.register(ALERTS)
    world.heard()
    for refused in (
        lambda: change_scopes(world),
        lambda: declare_tasks(world, " "),
        lambda: declare_tasks(world, *["GET /rooms"] * 21),
    ):
        with pytest.raises(BadInput):
            refused()
    assert world.integration("alerts") == ALERTS
    assert world.heard() == []


@pytest.mark.parametrize(
    ("email", "may"), [("Owner@example.com", True), ("root@example.com", True), ("b@x.y", False)]
)
def test_a_finding_is_the_owners_and_the_administrators_business(
    world: World, email: str, may: bool
) -> None:
    assert world.integrations.may_judge(Person("id", email), CALLING) is may


def test_the_owner_hears_that_consents_would_come_to_nothing(world: World) -> None:
    world.register(replace(ALERTS, scopes=("spark:messages_write",)))
    assert world.heard() == [(OWNER, "advice alerts: 1 missing")]


def test_nobody_consents_to_a_service_app_so_its_owner_is_left_in_peace(world: World) -> None:
    app = replace(ALERTS, kind=Kind.SERVICE_APP, application_id="A1")
    world.register(replace(app, scopes=("spark:messages_write",)))
    assert world.heard() == []


def test_what_was_foreseen_is_not_read_again_in_the_transaction(world: World) -> None:
    asks: list[list[str]] = []
    hearing = replace(ADVISOR(), ranking=Hearing(asks))
    integrations = replace(world.integrations, advisor=hearing)
    spoken, other = replace(ALERTS, tasks=("post alerts",)), ("list spaces",)
    integrations.finding(spoken)
    with world.store.begin() as work:
        integrations.register(work, spoken, who="operator")
    assert asks == [["post alerts"]]
    finding = integrations.foresee(replace(spoken, tasks=other), before=spoken)
    with world.store.begin() as work:
        integrations.declare_tasks(work, "alerts", other, who="operator")
    assert finding.tasks == other
    assert asks == [["post alerts"], ["list spaces"]]


def test_a_faulty_change_is_refused_when_it_is_foreseen(world: World) -> None:
    with pytest.raises(BadInput, match="no scopes"):
        world.integrations.foresee(replace(ALERTS, scopes=()), before=ALERTS)
