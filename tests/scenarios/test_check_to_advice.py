"""From declared tasks to the advice that the owner reads, and to the card of who consents."""

from __future__ import annotations

from dataclasses import replace

from bot.core.integrations import Integration
from bot.core.secrets import Secret
from tests.stage import ANA, BEN, SAM, Stage

ALERTS = Integration(
    slug="alerts",
    name="Incident Alerts",
    client_id="C1",
    client_secret=Secret("secret"),
    scopes=("spark:people_read", "spark:calls_write"),
    owner_email=BEN,
    tasks=("POST /messages",),
)


def register(stage: Stage, integration: Integration = ALERTS) -> None:
    with stage.consentry.store.begin() as work:
        stage.consentry.integrations.register(work, integration, who="the test")
    stage.play()


def change_scopes(stage: Stage, *scopes: str) -> None:
    with stage.consentry.store.begin() as work:
        stage.consentry.integrations.change_scopes(work, "alerts", scopes, who="the test")
    stage.play()


def test_the_owner_hears_of_each_change_once_until_it_fits(stage: Stage) -> None:
    register(stage)
    assert len(stage.heard(BEN)) == 1
    assert "tick: spark:messages_write" in stage.last(BEN)
    assert "untick: spark:calls_write" in stage.last(BEN)
    stage.move(days=1)
    assert len(stage.heard(BEN)) == 1
    change_scopes(stage, "spark:people_read")
    assert len(stage.heard(BEN)) == 2
    assert "untick" not in stage.last(BEN)
    change_scopes(stage, "spark:people_read", "spark:messages_write")
    assert len(stage.heard(BEN)) == 3
    assert "now they fit" in stage.last(BEN)
    change_scopes(stage, "spark:people_read", "spark:messages_write")
    assert len(stage.heard(BEN)) == 3


def test_what_fits_from_the_start_is_no_message(stage: Stage) -> None:
    register(stage, replace(ALERTS, scopes=("spark:people_read", "spark:messages_write")))
    assert stage.heard(BEN) == []


def test_the_finding_stands_in_the_consent_card_and_in_the_owners_list(stage: Stage) -> None:
    register(stage)
    stage.say(ANA, "connect alerts")
    assert "It asks for more than its declared tasks need: spark:calls_write." in stage.last(ANA)
    found = "Check of its scopes: 1 missing, 1 more than needed."
    for person, is_told in ((ANA, False), (BEN, True), (SAM, True)):
        stage.say(person, "integrations")
        assert (found in stage.last(person)) is is_told


def test_an_owner_who_is_not_at_webex_breaks_nothing(stage: Stage) -> None:
    register(stage, replace(ALERTS, owner_email="gone@northwind.example"))
    assert "A message to gone@northwind.example was set aside" in stage.last(SAM)
    stage.say(ANA, "integrations")
    assert "Incident Alerts" in stage.last(ANA)
    assert stage.connect(ANA).status_code == 200
