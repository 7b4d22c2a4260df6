from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.cards import CardBook, find_directory
from bot.chat.notices import Notices
from bot.chat.repertoire import router
from bot.core import ports
from bot.core.connections import Connection
from bot.core.finding import Dubious, Finding, Missing, Unneeded
from bot.core.ports import Concern
from bot.core.reminders import Ending, Reminder
from tests.core.examples import ANNA, CALLING, DAY, NOW, connected

NOTICES = Notices(CardBook(find_directory(), actions=router().actions))
CONNECTION = connected()
OTHER = replace(ANNA, id="bea-id", email="bea@example.com", name="Bea")


def test_they_are_the_notices_that_the_flows_need() -> None:
    promised: ports.Notices = NOTICES
    assert promised is NOTICES


def test_connected_tells_how_long_and_how_to_end_it() -> None:
    said = NOTICES.connected(CONNECTION, CALLING)
    assert str(said.to) == "person:anna-id"
    assert "Calling Assistant is connected" in said.markdown
    assert "Until you end it; it renews itself." in said.markdown
    assert "**disconnect calling**" in said.markdown


def test_consent_failed_gives_the_reason_and_a_way_on() -> None:
    said = NOTICES.consent_failed(ANNA, CALLING, "You pressed Decline.")
    assert str(said.to) == "person:anna-id"
    assert "You pressed Decline." in said.markdown
    assert "type **connect calling**" in said.markdown


def test_of_a_wrong_account_both_hear_their_side() -> None:
    to_who_asked = NOTICES.wrong_account(ANNA, OTHER, CALLING)
    to_who_consented = NOTICES.asked_by_another(ANNA, OTHER, CALLING)
    assert str(to_who_asked.to) == "person:anna-id"
    assert "bea@example.com" in to_who_asked.markdown
    assert "Nothing was stored" in to_who_asked.markdown
    assert str(to_who_consented.to) == "person:bea-id"
    assert "anna@example.com had asked" in to_who_consented.markdown


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_its_warning_with_a_time_and_a_way_on(ending: Ending) -> None:
    reminder = Reminder(ending, NOW + 3 * DAY, 3 * DAY)
    said = NOTICES.warning(CONNECTION, CALLING, reminder, now=NOW)
    assert str(said.to) == "person:anna-id"
    assert "Calling Assistant" in said.markdown
    assert "Mon 23 November 2026, 12:00 UTC (in 3 days)" in said.markdown
    assert "type **connect calling**" in said.markdown


def test_no_two_endings_are_told_alike() -> None:
    reminders = [Reminder(ending, NOW, timedelta()) for ending in Ending]
    told = {NOTICES.warning(CONNECTION, CALLING, one, now=NOW).markdown for one in reminders}
    assert len(told) == len(Ending)


@pytest.mark.parametrize(
    ("recipient", "told"),
    [
        ("person:anna-id", "Your connection is in order"),
        ("email:admin@example.com", "The connection of Anna is in order"),
        ("room:admins", "The connection of Anna is in order"),
    ],
)
def test_who_was_warned_hears_that_it_is_well_again(recipient: str, told: str) -> None:
    said = NOTICES.recovered(CONNECTION, CALLING, recipient)
    assert str(said.to) == recipient
    assert told in said.markdown


def test_administrators_get_one_digest() -> None:
    concern = Concern(CONNECTION, CALLING, Reminder(Ending.TOKENS, NOW + DAY, DAY))
    said = NOTICES.concerns("email:admin@example.com", [concern], now=NOW)
    assert "**1 connection needs attention**" in said.markdown
    assert "Anna (anna@example.com)" in said.markdown
    assert "more" not in said.markdown


def test_a_long_digest_counts_what_it_does_not_show() -> None:
    concern = Concern(CONNECTION, CALLING, Reminder(Ending.EXPIRED, NOW, timedelta()))
    said = NOTICES.concerns("room:admins", [concern] * 40, now=NOW)
    assert "**40 connections need attention**" in said.markdown
    assert "And 25 more" in said.markdown


def test_alerts_name_what_happened_and_never_a_secret() -> None:
    secret = NOTICES.secret_refused("room:admins", CALLING)
    assert "C0ffee" in secret.markdown
    assert "client-secret" not in f"{secret.markdown}{secret.card}"
    assert "**consentry integrations secret calling**" in secret.markdown
    forged = NOTICES.forged_webhooks("room:admins", 5)
    assert "5 came within" in forged.markdown
    assert "restart Consentry" in forged.markdown


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("A message to person:Y2lzY29zcGFyazovL3VzL1BF", "A message to a person"),
        ("A message to room:Y2lzY29zcGFyazovL3VzL1JP", "A message to a space"),
        ("A message to email:sam@example.com", "A message to sam@example.com"),
        ("My answer to Sam Okoro", "My answer to Sam Okoro"),
    ],
)
def test_what_was_set_aside_is_told_in_words(what: str, told: str) -> None:
    said = NOTICES.undeliverable("room:admins", what, "The space is gone.").markdown
    assert f"{told} was set aside, for this reason: The space is gone." in said
    assert "**consentry parked retry**" in said


@pytest.mark.parametrize(
    ("connection", "why"),
    [
        (CONNECTION, "I cannot renew this connection beyond that."),
        (connected(renews=False), "Connections with this integration are not renewed."),
    ],
)
def test_the_end_of_tokens_has_its_true_reason(connection: Connection, why: str) -> None:
    reminder = Reminder(Ending.TOKENS, NOW + DAY, DAY)
    said = NOTICES.warning(connection, CALLING, reminder, now=NOW).markdown
    reasons = ("I cannot renew", "are not renewed")
    assert why in said
    assert sum(reason in said for reason in reasons) == 1


def test_the_owner_is_told_what_is_wrong_and_what_to_do_now() -> None:
    lacks = Missing(
        "spark:messages_write", "Without it this fails.", ("post",), ("POST /messages",)
    )
    finding = Finding(
        scopes=("spark:calls_read",),
        tasks=("post",),
        missing=(lacks,),
        unneeded=(Unneeded("spark:calls_read", "Every declared task works without it."),),
        deprecated=(Dubious("spark:places_read", "Drop it."),),
    )
    said = NOTICES.advice_to_owner(CALLING, finding)
    assert str(said.to) == "email:owner@example.com"
    for told in (
        "Missing",
        "More than the tasks need",
        "Deprecated",
        "tick: spark:messages_write",
        "untick: spark:calls_read",
        'consentry integrations scopes calling --scopes "spark:messages_write"',
    ):
        assert told in said.markdown
    assert "they fit" not in said.markdown


def test_the_owner_is_told_that_it_fits_by_now() -> None:
    said = NOTICES.advice_to_owner(CALLING, Finding(scopes=("a:read",), tasks=("post",)))
    assert "its 1 declared task: now they fit. Nothing is left to do." in said.markdown
    assert "What to do now" not in said.markdown
