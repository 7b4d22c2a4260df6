"""What the model learns from: every word of the vocabulary, with what it means."""

from __future__ import annotations

from collections import Counter

from bot.catalogue.operations import Operations
from bot.catalogue.reading.vocabulary import impossible, watched, words
from bot.catalogue.training.examples import Example, Outcomes, examples

OPERATIONS = Operations.load()
EXAMPLES = examples(OPERATIONS)
OUTCOMES = Outcomes(tuple(operation.name for operation in OPERATIONS))


def said(text: str) -> list[Example]:
    return [example for example in EXAMPLES if example.text == text]


def test_the_outcomes_are_numbered_operations_first_then_watched_then_impossible() -> None:
    few = Outcomes(("GET /b", "GET /a"), ("messages",), ("sms", "email"))
    assert list(few.numbers().items()) == [
        *(("GET /b", 0), ("GET /a", 1), ("messages", 2), ("sms", 3), ("email", 4))
    ]
    assert OUTCOMES.watched == tuple(watched())
    assert OUTCOMES.impossible == tuple(impossible())
    assert list(OUTCOMES.numbers().values()) == list(
        range(len(OPERATIONS) + len(watched()) + len(impossible()))
    )


def test_every_meaning_is_an_outcome_and_every_outcome_is_meant() -> None:
    meant = {meaning for example in EXAMPLES for meaning in example.meanings}
    assert meant == OUTCOMES.numbers().keys()


def test_an_ask_for_an_operation_means_it() -> None:
    for name, asks in words("operations.json").items():
        assert Example(asks[0], (name,)) in said(asks[0])


def test_every_operation_is_known_by_its_title_which_counts_less() -> None:
    titles = Counter((one.text, one.meanings) for one in EXAMPLES if one.weight < 1)
    assert titles == Counter((one.title, (one.name,)) for one in OPERATIONS)


def test_an_occasion_means_a_group_and_no_operation() -> None:
    groups = Counter(example.group for example in EXAMPLES if example.group)
    assert groups == {
        (product, group): len(asks)
        for product, found in words("occasions.json").items()
        for group, asks in found.items()
    }
    assert not [one for one in EXAMPLES if bool(one.group) == bool(one.meanings)]


def test_whose_data_is_wanted_is_learnt_where_it_was_said_alone() -> None:
    counted = Counter(entry.get("whose") for entry in words("whose.json"))
    learnt = Counter(example.is_for_everyone for example in EXAMPLES)
    assert learnt[True] == counted["everyone"] > 0
    assert learnt[False] == counted["own"] > 0
    everyones = next(entry for entry in words("whose.json") if entry.get("whose") == "everyone")
    meaning = tuple(everyones["operations"])
    assert Example(everyones["ask"], meaning, is_for_everyone=True) in said(everyones["ask"])


def test_tasks_that_were_said_together_know_each_other_and_count_more() -> None:
    tasks = next(one for one in words("together.json") if len(one) > 2)
    asks = [task["ask"] for task in tasks]
    found = [example for task in tasks for example in said(task["ask"]) if example.others]
    assert [example.others for example in found] == [
        tuple(other for other in asks if other != ask) for ask in asks
    ]
    assert [example.meanings for example in found] == [tuple(one["operations"]) for one in tasks]
    assert {example.weight > 1 for example in found} == {True}


def test_a_task_that_means_nothing_by_itself_is_company_alone() -> None:
    tasks = next(one for one in words("together.json") if not all(t["operations"] for t in one))
    silent = next(task["ask"] for task in tasks if not task["operations"])
    assert not [example for example in said(silent) if example.others]
    assert [example for example in EXAMPLES if silent in example.others]


def test_what_is_watched_and_what_is_impossible_means_itself() -> None:
    for kind in watched().values():
        assert Example(kind.asks[0], (kind.resource,)) in said(kind.asks[0])
    for reason in impossible().values():
        assert Example(reason.asks[0], (reason.id,)) in said(reason.asks[0])


def test_an_operation_that_is_gone_is_no_longer_learnt() -> None:
    rest = Operations(one for one in OPERATIONS if one.name != "GET /rooms")
    left = examples(rest)
    assert not [example for example in left if "GET /rooms" in example.meanings]
    assert len(EXAMPLES) - 200 < len(left) < len(EXAMPLES) - 10
