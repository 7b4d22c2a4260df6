"""The notes about roles: who has to consent, where a person's own scope would not do."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue.advising.advice import Phrase
from bot.catalogue.advising.advisor import Advisor
from bot.catalogue.advising.roles import notes_on_roles
from tests.catalogue.made_up import CATALOGUE, OPERATIONS
from tests.catalogue.note_reading import taken_for
from tests.fixed_ranking import FixedRanking

ROOMS = OPERATIONS.named("GET /rooms")
ADMINS = OPERATIONS.named("GET /telephony/config/autoAttendants")


def only_to(*phrases: Phrase) -> list[str]:
    ranking = FixedRanking({phrase.ask: phrase for phrase in phrases})
    advice = Advisor(CATALOGUE, OPERATIONS, ranking).advise(phrase.ask for phrase in phrases)
    told = list(notes_on_roles(advice, CATALOGUE))
    assert set(told) <= set(advice.notes)
    return told


def test_the_roles_that_an_operation_answers_to_are_named() -> None:
    assert only_to(taken_for(ADMINS)) == [
        f"{ADMINS.name} answers only to a full_admin, location_admin or read-only_admin."
    ]
    one = replace(ADMINS, roles=("id_full_admin",))
    assert only_to(taken_for(one)) == [f"{ADMINS.name} answers only to an id_full_admin."]
    two = replace(ADMINS, roles=("user_admin", "device_admin"))
    assert only_to(taken_for(two)) == [
        f"{ADMINS.name} answers only to a user_admin or device_admin."
    ]


def test_operations_with_the_same_roles_share_a_note_once_each() -> None:
    others = [replace(ADMINS, path=f"/x{number}") for number in range(4)]
    tasks = [taken_for(one, ask=one.path) for one in others]
    again = replace(tasks[0], ask="again")
    assert only_to(*tasks[:2], again) == [
        "GET /x0 and GET /x1 answer only to a full_admin, location_admin or read-only_admin."
    ]
    (note,) = only_to(*tasks)
    assert note.startswith("GET /x0, GET /x1, GET /x2 and 1 more answer only to a full_admin")


def test_no_more_than_three_notes_are_about_roles() -> None:
    every = [replace(ADMINS, path=f"/x{n}", roles=(f"role{n}",)) for n in range(5)]
    notes = only_to(*(taken_for(one, ask=one.path) for one in every))
    assert [note.split()[1] for note in notes] == ["/x0", "/x1", "/x2"]


def test_who_may_do_it_with_a_persons_own_scope_hears_of_no_role() -> None:
    flexible = replace(ROOMS, roles=("full_admin",))
    assert only_to(taken_for(flexible)) == []
    assert only_to(replace(taken_for(flexible), is_for_everyone=True)) == [
        "GET /rooms answers only to a full_admin."
    ]


def test_own_and_everybodys_data_together_name_the_role_for_everybodys() -> None:
    people, own = OPERATIONS.named("GET /people"), OPERATIONS.named("GET /people/me")
    everybodys = taken_for(replace(people, roles=("full_admin",)))
    tasks = (replace(everybodys, is_for_everyone=True), taken_for(own, ask="me"))
    assert only_to(*tasks) == ["GET /people answers only to a full_admin."]
    assert only_to(everybodys, tasks[1]) == []
