"""The ranking: what becomes of the model's chances, with a small model that a test teaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.advising import ranking
from bot.catalogue.advising.advice import Phrase
from bot.catalogue.advising.ranking import Ranking
from bot.catalogue.operation import Operation
from bot.catalogue.reading.vocabulary import impossible
from bot.catalogue.scope_file import CatalogueBroken
from tests.catalogue.advising.school import (
    EDIT,
    MEMBERS,
    OPERATIONS,
    PEOPLE,
    ROOMS,
    SEND,
    WEBHOOK,
    Lesson,
    School,
)


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path / "model.npz")


def meant(phrase: Phrase) -> list[str]:
    return [candidate.operation.name for candidate in phrase.operations]


def first(phrase: Phrase) -> Operation:
    return phrase.operations[0].operation


def test_the_likeliest_operation_is_meant_and_the_others_follow(school: School) -> None:
    phrase = school.phrase({ROOMS: 0.6, PEOPLE: 0.1, MEMBERS: 0.2})
    assert meant(phrase)[:3] == [ROOMS, MEMBERS, PEOPLE]
    scores = [candidate.score for candidate in phrase.operations]
    assert scores[:3] == pytest.approx([0.6, 0.2, 0.1], rel=0.1)
    assert scores == sorted(scores, reverse=True)
    assert phrase.ask == "aaa"
    assert not phrase.refusal


def test_no_more_than_eight_candidates_are_named(school: School) -> None:
    assert len(meant(school.phrase({ROOMS: 0.6}))) == 8


def test_operations_that_need_the_same_scopes_support_each_other(school: School) -> None:
    phrase = school.phrase({ROOMS: 0.4, SEND: 0.25, EDIT: 0.33})
    assert first(phrase).any_of == OPERATIONS.named(SEND).any_of
    assert meant(phrase)[:3] == [EDIT, ROOMS, SEND]


@pytest.mark.parametrize(
    ("chances", "is_doubtful"),
    [
        ({ROOMS: 0.9}, False),
        ({ROOMS: 0.75, PEOPLE: 0.24}, False),
        ({ROOMS: 0.55, PEOPLE: 0.44}, True),
        ({SEND: 0.22, EDIT: 0.22, PEOPLE: 0.30}, True),
    ],
)
def test_scopes_that_are_hardly_the_likeliest_are_doubtful(
    school: School, chances: dict[str, float], is_doubtful: bool
) -> None:
    assert school.phrase(chances).is_doubtful is is_doubtful


def test_what_is_impossible_is_refused_with_the_reason_and_what_comes_nearest(
    school: School,
) -> None:
    phrase = school.phrase({"sms": 0.9, ROOMS: 0.05})
    assert phrase.refusal == f"{impossible()['sms'].why} The nearest is POST /messages."
    assert phrase.operations == ()
    assert not phrase.is_doubtful


def test_where_nothing_comes_near_the_reason_stands_alone(school: School) -> None:
    assert impossible()["weather"].nearest == ""
    assert school.phrase({"weather": 0.9}).refusal == impossible()["weather"].why


def test_reasons_to_refuse_count_together_and_the_likeliest_is_told(school: School) -> None:
    phrase = school.phrase({ROOMS: 0.4, "sms": 0.25, "email": 0.34})
    assert phrase.refusal.startswith(impossible()["email"].why)


def test_a_reason_that_is_a_guess_is_not_told(school: School) -> None:
    phrase = school.phrase({ROOMS: 0.5, "sms": 0.14, "email": 0.13})
    assert phrase.refusal.startswith("Webex's API seems to have nothing for this.")
    assert not phrase.operations


def test_what_is_much_likelier_possible_is_not_refused(school: School) -> None:
    assert school.phrase({ROOMS: 0.7, "sms": 0.28}).refusal == ""
    assert school.phrase({ROOMS: 0.45, PEOPLE: 0.25, "sms": 0.28}).refusal


def test_what_is_hardly_impossible_is_not_refused(school: School) -> None:
    phrase = school.phrase({ROOMS: 0.45, PEOPLE: 0.4, "sms": 0.12})
    assert phrase.refusal == ""
    assert meant(phrase)[:2] == [ROOMS, PEOPLE]
    assert phrase.is_doubtful


@pytest.mark.parametrize(("chance", "is_it"), [(0.1, False), (0.7, False), (0.8, True)])
def test_everybodys_data_is_asked_for_when_that_is_much_likelier(
    school: School, chance: float, is_it: bool
) -> None:
    assert school.phrase({ROOMS: 0.9}, everyone=chance).is_for_everyone is is_it


def test_a_webhook_asks_for_the_scopes_that_read_what_it_watches(school: School) -> None:
    webhook = first(school.phrase({"messages": 0.9}))
    assert webhook.name == WEBHOOK
    assert webhook.any_of == OPERATIONS.named("GET /messages").any_of


def test_webhooks_on_different_resources_are_told_apart(school: School) -> None:
    phrase = school.phrase({"recordings": 0.5, "telephony_calls": 0.3})
    assert [one.watches for one in phrase.readings[:2]] == ["recordings", "telephony_calls"]
    assert phrase.operations[0].score == pytest.approx(0.5, rel=0.1)


def test_a_bare_webhook_is_taken_for_the_likeliest_that_watches_something(school: School) -> None:
    phrase = school.phrase({WEBHOOK: 0.6, "rooms": 0.2, "messages": 0.1})
    assert [one.watches for one in phrase.readings[:2]] == ["rooms", "messages"]
    assert phrase.operations[0].score == pytest.approx(0.8, rel=0.1)
    assert not phrase.is_doubtful


def test_an_operation_that_is_gone_is_never_meant(school: School) -> None:
    assert "GET /gone" not in OPERATIONS
    phrase = school.phrase({"GET /gone": 0.7, PEOPLE: 0.2, MEMBERS: 0.05})
    assert meant(phrase)[:2] == [PEOPLE, MEMBERS]
    assert "GET /gone" not in meant(phrase)


def test_several_asks_keep_their_order(school: School) -> None:
    lessons = [
        Lesson("bbb", {PEOPLE: 0.9}, beside=("ccc", "aaa")),
        Lesson("ccc", {"sms": 0.9}, beside=("bbb", "aaa")),
        Lesson("aaa", {ROOMS: 0.9}, beside=("bbb", "ccc"), everyone=0.8),
    ]
    two, three, one = school.reads(*lessons)
    assert [two.ask, three.ask, one.ask] == ["bbb", "ccc", "aaa"]
    assert [first(two).name, first(one).name] == [PEOPLE, ROOMS]
    assert three.refusal
    assert [two.is_for_everyone, one.is_for_everyone] == [False, True]


def test_what_was_asked_with_it_tells_what_a_task_means(school: School) -> None:
    reader = Ranking(
        school.model(
            Lesson("ddd", {ROOMS: 0.9}),
            Lesson("ddd", {PEOPLE: 0.9}, beside=("aaa",)),
            Lesson("ddd", {MEMBERS: 0.9}, beside=("bbb", "ccc")),
        ),
        OPERATIONS,
    )
    assert first(reader.read(["ddd"])[0]).name == ROOMS
    assert first(reader.read(["ddd", "aaa"])[0]).name == PEOPLE
    assert first(reader.read(["aaa", "ddd"])[1]).name == PEOPLE
    assert first(reader.read(["bbb", "ddd", "ccc"])[1]).name == MEMBERS


def test_a_story_is_read_as_far_as_the_model_can(school: School) -> None:
    reader = Ranking(school.model(Lesson("aaa " * 40, {ROOMS: 0.9})), OPERATIONS)
    assert first(reader.read(["aaa " * 40])[0]).name == ROOMS
    assert reader.read(["aaa " * 9000])[0].operations == reader.read(["aaa " * 40])[0].operations
    assert len(reader.read(["aaa " * 9000] * 30)) == 30


def test_the_model_that_ships_is_read_from_its_file(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.model(Lesson("aaa", {ROOMS: 0.9}))
    monkeypatch.setattr(ranking, "FILE", str(school.path))
    (phrase,) = Ranking.load(OPERATIONS).read(["aaa"])
    assert first(phrase).name == ROOMS


def test_a_damaged_model_is_refused(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.path.write_bytes(b"PK, but no more")
    monkeypatch.setattr(ranking, "FILE", str(school.path))
    with pytest.raises(CatalogueBroken):
        Ranking.load(OPERATIONS)


def test_where_the_model_has_no_opinion_the_words_decide(school: School) -> None:
    (phrase,) = school.reads(Lesson("hunt groups", {}))
    assert "huntGroups" in first(phrase).path
