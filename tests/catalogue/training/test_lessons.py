"""The batches: every example once in each round, a little mistyped, in fitting company."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bot.catalogue.operations import Operations
from bot.catalogue.reading.task_text import joined
from bot.catalogue.training.examples import Example
from bot.catalogue.training.lessons import Lessons

OPERATIONS = Operations.load()
SIZE, ROUNDS = 8, 6
Said = tuple[Example, str, str]

ROOMS = [Example(f"list all the rooms number {at} again", ("GET /rooms",)) for at in range(60)]
QUEUES = [
    Example(f"show me the call queues number {at}", ("GET /telephony/config/queues",))
    for at in range(60)
]
SMS = [Example(f"send an sms to customer number {at}", ("sms",)) for at in range(40)]
TOGETHER = [
    Example(f"and then delete it {at}", ("DELETE /rooms/{roomId}",), others=("find it", "wait"))
    for at in range(40)
]
SHORT = [Example("a b c d", ("GET /rooms",)), Example("tiny", ("GET /rooms",))]
EXAMPLES = [*ROOMS, *QUEUES, *SMS, *TOGETHER, *SHORT]


def lessons(seed: int = 1) -> Lessons:
    return Lessons(EXAMPLES, OPERATIONS, random.Random(seed))


@pytest.fixture(scope="module")
def said() -> list[Said]:
    taught = lessons()
    return [one for _ in range(ROUNDS) for batch in taught.batches(SIZE) for one in batch]


def test_every_example_comes_once_in_each_round() -> None:
    taught = lessons()
    for _ in range(3):
        texts = Counter(example.text for batch in taught.batches(SIZE) for example, _, _ in batch)
        assert texts == Counter(example.text for example in EXAMPLES)


@pytest.mark.parametrize("size", [1, 7, 8, 1000])
def test_every_batch_is_full_except_the_last_of_those_sorted_together(size: int) -> None:
    sizes = [len(batch) for batch in lessons().batches(size)]
    assert sum(sizes) == len(EXAMPLES)
    assert max(sizes) == min(size, len(EXAMPLES))
    assert len([one for one in sizes if one < size]) <= 1 + len(EXAMPLES) // (20 * size)


def test_the_texts_of_a_batch_are_of_much_the_same_length() -> None:
    def spread(batches: list[list[Said]]) -> float:
        lengths = [[len(text) + len(context) for _, text, context in one] for one in batches]
        return sum(max(one) - min(one) for one in lengths)

    sorted_ones = list(lessons().batches(SIZE))
    flat = [one for batch in sorted_ones for one in batch]
    random.Random(1).shuffle(flat)
    mixed = [flat[at : at + SIZE] for at in range(0, len(flat), SIZE)]
    assert spread(sorted_ones) < spread(mixed) / 3


def test_rounds_differ_and_the_same_chance_gives_the_same_rounds() -> None:
    taught = lessons()
    first, second = list(taught.batches(SIZE)), list(taught.batches(SIZE))
    assert first != second
    assert first == list(lessons().batches(SIZE))
    assert first != list(lessons(seed=2).batches(SIZE))


def test_other_examples_meet_in_each_round() -> None:
    """Those that are sorted together are drawn anew, not only the batches made of them."""
    taught = lessons()
    first, second = (
        {example.text for batch in list(taught.batches(SIZE))[:20] for example, _, _ in batch}
        for _ in range(2)
    )
    assert first != second


def test_some_texts_lack_a_word_and_few_have_a_slip(said: list[Said]) -> None:
    cut = [one for one in said if is_cut(one) and not is_slipped(one)]
    slipped = [one for one in said if is_slipped(one)]
    assert 0.15 < len(cut) / len(said) < 0.35
    assert 0.02 < len(slipped) / len(said) < 0.12


def test_a_text_loses_at_most_a_word_and_one_letter(said: list[Said]) -> None:
    for example, text, _ in said:
        whole, kept = example.text.split(), text.split()
        assert len(whole) - len(kept) in {0, 1, 2}
        assert len(Counter(kept) - Counter(whole)) <= 2
        longest = max(map(len, whole))
        assert len(example.text) - (longest + 1) - 1 <= len(text) <= len(example.text)


def test_a_short_text_is_left_as_it_is(said: list[Said]) -> None:
    for example, text, _ in said:
        if example in SHORT:
            assert text == example.text


def test_what_was_said_together_mostly_stays_together(said: list[Said]) -> None:
    contexts = Counter(context for example, _, context in said if example.others)
    assert contexts.keys() == {"find it . wait", ""}
    assert 0.05 < contexts[""] / contexts.total() < 0.3


def test_a_task_gets_company_now_and_then_mostly_of_its_kin(said: list[Said]) -> None:
    contexts = [context for example, _, context in said if example in ROOMS]
    company = [context for context in contexts if context]
    of_kin = [context for context in company if "queues" not in context and "sms" not in context]
    assert 0.2 < len(company) / len(contexts) < 0.4
    assert 0.6 < len(of_kin) / len(company) < 0.95


def test_company_is_one_task_or_two(said: list[Said]) -> None:
    sizes = Counter(
        len(context.split(" . ")) for example, _, context in said if context and not example.others
    )
    assert sizes.keys() == {1, 2}
    assert sizes[1] > sizes[2] > 0


def test_nothing_keeps_company_with_itself(said: list[Said]) -> None:
    alike = [example.text for example, _, context in said if example.text in context.split(" . ")]
    assert alike == []


def test_what_is_no_operation_keeps_any_company_without_preference(said: list[Said]) -> None:
    company = [
        other
        for example, _, context in said
        if context and example in SMS
        for other in context.split(" . ")
    ]
    share = len([one for one in company if "sms" in one]) / len(company)
    assert share < 1.5 * len(SMS) / len(EXAMPLES)


def test_tasks_are_joined_as_sentences() -> None:
    assert joined(("find it", "wait")) == "find it . wait"
    assert joined(()) == ""


def is_cut(said: Said) -> bool:
    return len(said[1].split()) < len(said[0].text.split())


def is_slipped(said: Said) -> bool:
    """Whether a letter is lacking or two are swapped: a word is none of the example's."""
    return bool(Counter(said[1].split()) - Counter(said[0].text.split()))
