import json
from dataclasses import replace

import pytest

from bot.catalogue.scopes import Catalogue
from bot.core.integrations import Integration, Renewal
from bot.core.messages import Message
from tests.chat.talk import ANA, CALLING, GROUP, Talk, places, words

LINK = "https://consentry.example.com/connect/"


def offered(talk: Talk, integration: Integration) -> Message:
    with talk.store.begin() as work:
        talk.integrations.register(work, integration, who="the test")
    (said,) = talk.says(ANA, f"connect {integration.slug}")
    return said


def test_the_card_tells_all_that_one_needs_to_decide(talk: Talk) -> None:
    said = words(talk.says(ANA, "connect calling"))
    for told in (
        "Calling reports asks for your consent",
        "Weekly figures of our hotline.",
        "owner@example.com",
        "2, high risk",
        "I renew it in the background until you end it.",
        "Some of these scopes take effect only if you are an administrator.",
        "What it cannot do",
        "Say **disconnect calling** at any time.",
        "ends Fri 20 November 2026, 14:10 UTC (in 10 minutes)",
    ):
        assert told in said


def test_every_scope_is_explained_and_the_dangerous_ones_first(talk: Talk) -> None:
    said = words(talk.says(ANA, "connect calling"))
    catalogue = Catalogue.load()
    for scope in catalogue.describe(CALLING.scopes):
        assert scope.name in said
        assert scope.explains in said
    assert said.index("High risk") < said.index("spark-admin:calling_cdr_read")
    assert said.index("spark-admin:calling_cdr_read") < said.index("spark:calls_read")
    for sentence in catalogue.cannot(CALLING.scopes):
        assert sentence in said


def test_whose_data_is_reached_and_what_is_dangerous_together_is_told(talk: Talk) -> None:
    scopes = ("identity:tokens_write", "spark-admin:people_write")
    said = offered(talk, replace(CALLING, slug="locks", scopes=scopes)).markdown
    assert "The whole organisation, within the rights of the person who agrees." in said
    assert "it can lock people out of Webex." in said


def test_what_is_not_dangerous_together_gets_no_warning(talk: Talk) -> None:
    said = words(talk.says(ANA, "connect calling"))
    assert "- **Reach** The whole organisation" in said
    assert "Mind:" not in said


def test_the_link_goes_to_the_person_alone(talk: Talk) -> None:
    line, card = talk.says(ANA, "connect calling", room=GROUP)
    assert places([line, card]) == [f"room:{GROUP}", "person:ana-id"]
    assert LINK not in line.markdown
    assert LINK in card.markdown
    assert LINK in json.dumps(card.card)


def test_an_integration_may_be_called_by_its_name(talk: Talk) -> None:
    assert "asks for your consent" in words(talk.says(ANA, "connect CALLING reports"))


@pytest.mark.parametrize(("say", "unknown"), [("connect", False), ("connect wallbord", True)])
def test_without_a_name_that_fits_the_list_is_offered(talk: Talk, say: str, unknown: bool) -> None:
    said = words(talk.says(ANA, say))
    assert "Which one do you mean?" in said
    assert ("No integration is called “wallbord”" in said) is unknown
    assert LINK not in said


def test_the_nearest_integration_heads_the_list(talk: Talk) -> None:
    said = words(talk.says(ANA, "connect wallbord"))
    assert said.index("Contact Center wallboard") < said.index("Calling reports")


def test_the_largest_sets_of_scopes_are_all_named_in_a_card_of_good_size(talk: Talk) -> None:
    longest = sorted(Catalogue.load(), key=lambda scope: -len(scope.explains))[:20]
    names = tuple(scope.name for scope in longest)
    said = offered(talk, replace(CALLING, slug="wide", scopes=names, purpose="why " * 400))
    assert len(json.dumps(said.card).encode()) < 20_000
    for name in names:
        assert name in json.dumps(said.card)
    assert LINK in said.markdown


def test_an_unknown_scope_is_said_to_be_unknown_and_rated_high(talk: Talk) -> None:
    said = offered(talk, replace(CALLING, slug="odd", scopes=("spark:everything",)))
    assert "I do not know this scope." in said.markdown
    assert "1, high risk" in said.markdown


def test_what_has_no_purpose_and_does_not_renew_says_so(talk: Talk) -> None:
    plain = replace(CALLING, slug="plain", purpose="", renewal=Renewal.MANUAL, max_days=30)
    said = offered(talk, plain).markdown
    assert "Its owner has not said what it is for." in said
    assert "At most 30 days, then it ends by itself. It is not renewed" in said


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("POST /messages", "more than its declared tasks need: spark:calls_write."),
        ("GET /nowhere", "too unclear to tell whether its scopes fit."),
    ],
)
def test_the_card_tells_how_the_scopes_fit_the_declared_tasks(
    talk: Talk, task: str, said: str
) -> None:
    scopes = ("spark:messages_write", "spark:calls_write", "spark:people_read")
    alerts = replace(CALLING, slug="alerts", scopes=scopes, tasks=(task,))
    with talk.store.begin() as work:
        talk.integrations.register(work, alerts, who="the test")
    talk.outbox()
    assert said in words(talk.says(ANA, "connect alerts"))


def test_the_card_is_silent_about_tasks_where_none_are_declared(talk: Talk) -> None:
    said = words(talk.says(ANA, "connect calling"))
    assert "declared tasks" not in said
    assert "Its scopes fit" not in said
