"""The notes beside an advice: what a person should know, and nothing that is not true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.advising.advice import Advice, Phrase, shown
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.notes import with_notes
from bot.catalogue.advising.webhook import webhook_on
from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import watched
from bot.catalogue.scope import Confidence
from bot.catalogue.scopes import Catalogue
from tests.catalogue.note_reading import about, opened, parts, taken_for, wider_than
from tests.fixed_ranking import FixedRanking

CATALOGUE, OPERATIONS = Catalogue.load(), Operations.load()
ROOMS, SEND = OPERATIONS.named("GET /rooms"), OPERATIONS.named("POST /messages")
EDIT, WEBHOOK = OPERATIONS.named("PUT /messages/{messageId}"), OPERATIONS.named("POST /webhooks")
KMS = "Webex adds spark:kms to every integration by itself; you need not list it."
WHO = "To be managed here the integration also needs spark:people_read"


def advised(*phrases: Phrase) -> Advice:
    ranking = FixedRanking({phrase.ask: phrase for phrase in phrases})
    return Advisor(CATALOGUE, OPERATIONS, ranking).advise(phrase.ask for phrase in phrases)


def notes_of(*phrases: Phrase) -> tuple[str, ...]:
    return advised(*phrases).notes


def requested(*names: str) -> Advice:
    return Advisor(CATALOGUE, OPERATIONS, FixedRanking({})).advise(names)


# What was asked for


def test_what_was_not_found_has_its_reason_in_the_phrase_and_needs_no_note() -> None:
    refused = Phrase("order a pizza", refusal="Webex orders no food.")
    assert notes_of(refused, Phrase("mumble")) == ()
    assert requested("GET /nowhere").notes == ()


def test_a_long_ask_is_cut_where_it_is_quoted() -> None:
    unpublished = next(one for one in OPERATIONS if not one.any_of)
    (note,) = notes_of(taken_for(unpublished, ask="please" * 200))
    assert note.startswith(f"“{shown('please' * 200)}”: Webex publishes no scope")


def test_an_operation_without_published_scopes_says_so() -> None:
    unpublished = next(one for one in OPERATIONS if not one.any_of)
    notes = notes_of(taken_for(unpublished))
    assert notes == (f"“do it”: Webex publishes no scope for {unpublished.name}; try it without.",)


def test_an_operation_that_needs_no_scope_says_so() -> None:
    needless = OPERATIONS.named("GET /dataSources/schemas")
    assert notes_of(taken_for(needless)) == ("“do it”: GET /dataSources/schemas needs no scope.",)


def test_what_is_odd_about_an_operation_is_told() -> None:
    (note,) = about(notes_of(taken_for(WEBHOOK)), "the read scope of what it watches")
    assert note.startswith("POST /webhooks: ")


def test_two_readings_of_one_ask_are_both_named() -> None:
    (note,) = about(notes_of(taken_for(ROOMS, SEND, doubtful=True)), "If you meant")
    assert note == (
        "“do it” was taken for GET /rooms (List Rooms). If you meant POST /messages "
        "(Create a Message), ask for that."
    )


def test_without_doubt_or_another_reading_none_is_named() -> None:
    assert about(notes_of(taken_for(ROOMS, SEND)), "If you meant") == []
    assert about(notes_of(taken_for(ROOMS, doubtful=True)), "If you meant") == []


def test_a_reading_with_the_same_scopes_is_no_other_reading() -> None:
    (note,) = about(notes_of(taken_for(SEND, EDIT, ROOMS, doubtful=True)), "If you meant")
    assert "If you meant GET /rooms (List Rooms)" in note
    assert about(notes_of(taken_for(SEND, EDIT, doubtful=True)), "If you meant") == []


def test_two_webhooks_are_told_apart_by_what_they_watch() -> None:
    apps, rooms = (webhook_on(watched()[name], OPERATIONS) for name in ("serviceApp", "rooms"))
    (note,) = about(notes_of(Phrase("do it", (apps, rooms), is_doubtful=True)), "If you meant")
    assert note == (
        "“do it” was taken for POST /webhooks on serviceApp (Create a Webhook on serviceApp). "
        "If you meant POST /webhooks on rooms (Create a Webhook on rooms), ask for that."
    )


# Who grants, and how sure it is


def test_scopes_that_reach_beyond_a_person_name_who_must_grant_them() -> None:
    everybodys = replace(taken_for(ROOMS), is_for_everyone=True)
    (note,) = about(notes_of(everybodys), "granted by")
    assert note == (
        "spark-compliance:rooms_read has an effect only when granted by "
        f"{CATALOGUE.explain('spark-compliance:rooms_read').grantable_by}."
    )


def test_an_agents_scope_names_who_must_grant_it() -> None:
    agents = replace(ROOMS, any_of=(frozenset({"cjp:task_read"}),))
    (note,) = about(notes_of(taken_for(agents)), "granted by")
    assert note.startswith("cjp:task_read has an effect only when granted by ")


def test_a_persons_own_scope_needs_nobody_else() -> None:
    assert about(notes_of(taken_for(ROOMS)), "granted by") == []


def test_a_deprecated_scope_is_told_with_what_replaced_it() -> None:
    (note,) = about(requested("POST /broadworks/workspaces").notes, "deprecated")
    assert note == (
        "spark-admin:places_write is deprecated. "
        f"{CATALOGUE.explain('spark-admin:places_write').note}"
    )
    assert about(requested("GET /rooms").notes, "deprecated") == []


def test_a_beta_is_told() -> None:
    beta = next(one for one in OPERATIONS if one.is_beta)
    assert about(requested(beta.name).notes, "beta") == [
        f"Webex calls {beta.name} a beta; it may change."
    ]
    assert about(requested("GET /rooms").notes, "beta") == []


@pytest.mark.parametrize(
    ("confidence", "is_told"),
    [(Confidence.LOW, True), (Confidence.MEDIUM, False), (Confidence.HIGH, False)],
)
def test_an_inferred_scope_is_to_be_tried_first(confidence: Confidence, is_told: bool) -> None:
    notes = notes_of(taken_for(replace(ROOMS, confidence=confidence)))
    told = about(notes, "Which scope GET /rooms needs is inferred")
    assert bool(told) is is_told


# The wider choice


def test_the_common_shortcut_is_told_with_what_it_would_open() -> None:
    (note,) = about(requested("GET /rooms").notes, " instead of ")
    name, replaced, wide, narrow = parts(note)
    assert (name, replaced) == ("spark:all", ("spark:rooms_read",))
    assert narrow == len(opened(("spark:rooms_read",)))
    assert wide == len(opened(CATALOGUE.explain("spark:all").stands_for))
    assert wide > 20 * narrow


def test_without_a_wider_scope_there_is_no_shortcut_to_tell() -> None:
    lonely = replace(ROOMS, any_of=(frozenset({"spark:all"}),))
    assert CATALOGUE.explain("spark:all").wider == ()
    assert about(notes_of(taken_for(lonely)), " instead of ") == []


def test_of_several_shortcuts_the_widest_is_told() -> None:
    recordings = replace(ROOMS, any_of=(frozenset({"meeting:recordings_read"}),))
    assert {"meeting:admin_recordings_read", "spark:all"} < set(
        wider_than("meeting:recordings_read")
    )
    (note,) = about(notes_of(taken_for(recordings)), " instead of ")
    assert parts(note)[0] == "spark:all"


def test_a_wider_scope_that_is_advised_anyway_is_no_shortcut() -> None:
    both = replace(ROOMS, any_of=(frozenset({"spark:rooms_read", "spark:all"}),))
    assert about(notes_of(taken_for(both)), " instead of ") == []


def test_a_shortcut_that_would_open_nothing_more_is_none() -> None:
    contact = replace(ROOMS, any_of=(frozenset({"Identity:contact"}),))
    assert "Identity:SCIM" in wider_than("Identity:contact")
    assert opened(["Identity:SCIM"]) == opened(["Identity:contact"])
    assert about(notes_of(taken_for(contact)), " instead of ") == []


def test_a_shortcut_that_would_not_do_what_is_asked_for_is_none() -> None:
    advice = requested("GET /meetings/postMeetingChats")
    assert advice.scopes == ("spark-compliance:meetings_read",)
    assert CATALOGUE.explain("spark-compliance:meetings_read").wider
    assert about(advice.notes, " instead of ") == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([one.name for one in OPERATIONS]), max_size=6))
def test_every_shortcut_told_is_wider_and_every_note_is_a_sentence(names: list[str]) -> None:
    advice = requested(*names)
    for note in about(advice.notes, " instead of "):
        name, replaced, wide, narrow = parts(note)
        assert set(replaced) == {one for one in advice.scopes if name in wider_than(one)}
        works, would_work = opened(replaced), opened(CATALOGUE.explain(name).stands_for)
        assert set(works) < set(would_work)
        assert (narrow, wide) == (len(works), len(would_work))
    for note in advice.notes:
        assert note.endswith((".", ".”"))
        assert "  " not in note
    assert len(set(advice.notes)) == len(advice.notes)


# What Webex adds, and what managing needs


def test_what_webex_adds_and_what_managing_needs_is_told_last() -> None:
    notes = requested("GET /rooms").notes
    assert notes[-2] == KMS
    assert notes[-1].startswith(WHO)


def test_what_is_advised_anyway_is_not_asked_for_again() -> None:
    notes = requested("GET /people/me", "GET /rooms").notes
    assert notes[-1] == KMS
    assert about(notes, WHO) == []


def test_without_a_scope_there_is_nothing_to_add() -> None:
    assert requested().notes == ()
    assert about(requested("GET /dataSources/schemas", "GET /nowhere").notes, "spark:") == []


def test_the_most_pressing_comes_first_and_nothing_twice() -> None:
    odd = replace(ROOMS, doubt="is odd", roles=("full_admin",), is_beta=True)
    low = replace(odd, confidence=Confidence.LOW)
    everybodys = replace(taken_for(low), is_for_everyone=True)
    again = replace(everybodys, ask="do it again")
    notes = notes_of(everybodys, again)
    order = ["is odd", "granted by", "answers only to", "inferred", "a beta", KMS, WHO]
    found = [number for words in order for number, note in enumerate(notes) if words in note]
    assert found == sorted(found)
    assert len(found) == len(order)


def test_an_advice_keeps_everything_but_its_notes() -> None:
    advice = requested("GET /rooms", "GET /nowhere")
    bare = replace(advice, notes=())
    assert with_notes(bare, CATALOGUE, OPERATIONS) == advice
