from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.catalogue.scope import Scope
from bot.catalogue.scopes import Catalogue
from bot.chat import wording
from bot.core.connections import State, Trouble
from bot.core.integrations import Renewal
from bot.core.reminders import Ending, Reminder
from tests.core.examples import CALLING, DAY, HOUR, NOW, connected


def test_a_moment_is_named_in_utc() -> None:
    at = datetime(2026, 12, 3, 15, 0, tzinfo=timezone(timedelta(hours=1)))
    assert wording.moment(at) == "Thu 3 December 2026, 14:00 UTC"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(days=13, hours=2), "(in 13 days)"),
        (timedelta(hours=36), "(in 1 day)"),
        (timedelta(hours=35), "(in 35 hours)"),
        (timedelta(minutes=1), "(in 1 minute)"),
        (timedelta(), "(just now)"),
        (timedelta(hours=-2), "(2 hours ago)"),
    ],
)
def test_a_moment_says_how_far_away_it_is(away: timedelta, words: str) -> None:
    now = datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert wording.moment_from(now + away, now).endswith(words)


@pytest.mark.parametrize(("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_number_and_its_noun_agree(number: int, words: str) -> None:
    assert wording.counted(number, "day") == words


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_and_a_colour(state: State) -> None:
    stands = wording.standing(replace(connected(), state=state))
    assert stands.title
    assert stands.colour in {"good", "warning", "attention", "default"}


def test_a_wrong_client_secret_is_nothing_that_the_person_can_mend() -> None:
    failing = replace(connected(), state=State.FAILING, trouble=Trouble.CLIENT_SECRET)
    assert "nothing to do for you" in wording.standing(failing).meaning


def test_it_tells_how_long_a_connection_lasts() -> None:
    assert wording.lasting(connected(), NOW) == "Renews itself until you end it."
    manual = connected(has_refresh=False, renews=False)
    assert (
        wording.lasting(manual, NOW)
        == "Ends Fri 4 December 2026, 12:00 UTC (in 14 days); connect again before then."
    )
    boxed = connected(box=30 * DAY)
    assert wording.lasting(boxed, NOW) == (
        "Ends by itself Sun 20 December 2026, 12:00 UTC (in 30 days)."
    )
    sooner = connected(has_refresh=False, box=30 * DAY)
    assert "(in 14 days); connect again" in wording.lasting(sooner, NOW)
    failing = replace(connected(), state=State.FAILING)
    assert "(in 90 days), unless I can renew it" in wording.lasting(failing, NOW)
    untold = connected(access=None, has_refresh=False, renews=False)
    assert "Webex did not say" in wording.lasting(untold, NOW)
    over = connected().revoked(now=NOW)
    assert wording.lasting(over, NOW + 2 * HOUR).endswith("(2 hours ago).")


def test_after_a_consent_it_tells_how_long_that_holds() -> None:
    assert "renews itself" in wording.lasts_from_now(connected())
    assert "I will tell you in time" in wording.lasts_from_now(connected(has_refresh=False))
    boxed = wording.lasts_from_now(connected(box=30 * DAY))
    assert boxed == "Until Sun 20 December 2026, 12:00 UTC; then it ends by itself."
    untold = connected(access=None, has_refresh=False, renews=False)
    assert "Until Webex ends it" in wording.lasts_from_now(untold)


def test_before_a_consent_it_tells_for_how_long() -> None:
    assert "in the background" in wording.term(CALLING)
    limited = replace(CALLING, max_days=1)
    assert wording.term(limited) == "At most 1 day, then it ends by itself."
    assert "not renewed" in wording.term(replace(CALLING, renewal=Renewal.MANUAL))


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_words(ending: Ending) -> None:
    assert wording.ending(Reminder(ending, NOW, DAY), connected()).title


def test_a_refused_secret_is_told_to_administrators_as_theirs() -> None:
    failing = replace(connected(), state=State.FAILING, trouble=Trouble.CLIENT_SECRET)
    said = wording.ending(Reminder(Ending.TOKENS, NOW, DAY), failing)
    assert "“consentry integrations secret”" in said.meaning


def test_a_caveat_stands_where_an_explanation_is_not_to_be_trusted() -> None:
    catalogue = Catalogue.load()
    assert wording.caveat(catalogue.explain("spark:calls_read")) == ""
    assert "withdrawn" in wording.caveat(catalogue.explain("spark:places_read"))
    assert "publishes nothing" in wording.caveat(catalogue.explain("cloud-contact-center:pod_read"))
    assert "do not know" in wording.caveat(Scope.unknown("spark:everything"))
