"""The words people ask in: whole, in step with the operations, and never for two at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.catalogue.operations import Operations
from bot.catalogue.reading import vocabulary
from bot.catalogue.reading.vocabulary import Impossible, Watched, impossible, watched, words
from bot.catalogue.scope_file import CatalogueBroken
from bot.catalogue.scopes import Catalogue

OPERATIONS = Operations.load()
IMPOSSIBLE = list(impossible().values())
WATCHED = list(watched().values())
OTHERS: list[Watched | Impossible] = [*WATCHED, *IMPOSSIBLE]
WHOSE, TOGETHER, ASKS = words("whose.json"), words("together.json"), words("operations.json")
TASKS = [task for tasks in TOGETHER for task in tasks]


def strangers(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if name not in OPERATIONS})


def repeated(texts: Iterable[str]) -> list[str]:
    counted = Counter(" ".join(text.lower().split()) for text in texts)
    return sorted(text for text, times in counted.items() if times > 1)


@pytest.mark.parametrize("kind", IMPOSSIBLE, ids=lambda kind: kind.id)
def test_what_is_impossible_says_why_and_what_comes_nearest(kind: Impossible) -> None:
    assert kind.why.endswith(".")
    assert kind.why[0].isupper()
    assert kind.nearest == "" or kind.nearest in OPERATIONS
    assert min(map(len, kind.asks)) > 0


def test_what_is_impossible_is_told_apart_by_its_id() -> None:
    ids = [entry["id"] for entry in words("impossible.json")]
    assert repeated(ids) == []
    assert list(impossible()) == ids


def test_what_is_watched_has_the_scopes_of_what_reads_it_or_its_own(catalogue: Catalogue) -> None:
    assert strangers(kind.reads for kind in WATCHED if kind.reads) == []
    for kind in WATCHED:
        assert bool(kind.reads) != bool(kind.any_of), kind.resource
        assert [name for one in kind.any_of for name in one if name not in catalogue] == []
    assert repeated(entry["resource"] for entry in words("watched.json")) == []


def test_a_webhook_can_watch_a_service_app_which_no_operation_reads() -> None:
    kind = watched()["serviceApp"]
    assert kind.reads == ""
    assert kind.any_of == (frozenset({"application:webhooks_write"}),)
    assert watched()["messages"].reads == "GET /messages"


def test_an_outcome_of_one_kind_is_never_called_like_one_of_another() -> None:
    ids = [kind.id for kind in IMPOSSIBLE]
    resources = [kind.resource for kind in WATCHED]
    assert repeated([*ids, *resources, *(one.name for one in OPERATIONS)]) == []


def test_words_stand_for_operations_that_there_are() -> None:
    assert strangers(ASKS) == []
    assert strangers(name for entry in WHOSE for name in entry["operations"]) == []
    assert strangers(name for task in TASKS for name in task["operations"]) == []


def test_nearly_every_operation_is_asked_for_in_somebodys_words() -> None:
    assert len([one.name for one in OPERATIONS if one.name not in ASKS]) < 50


def test_occasions_stand_for_exactly_the_groups_that_there_are() -> None:
    groups = {
        (product, group) for product, found in words("occasions.json").items() for group in found
    }
    assert groups == {(str(one.product), one.group) for one in OPERATIONS}


def test_no_words_are_empty() -> None:
    assert [text for text in every_ask() if not text.strip()] == []


def test_the_same_words_never_ask_for_two_things() -> None:
    of_operations = (ask for asks in ASKS.values() for ask in asks)
    of_the_rest = (ask for kind in OTHERS for ask in kind.asks)
    assert repeated([*of_operations, *of_the_rest]) == []


def test_words_about_people_say_whose_data_they_want_or_leave_it_open() -> None:
    assert {entry.get("whose") for entry in WHOSE} == {"own", "everyone", None}
    assert [entry["ask"] for entry in WHOSE if not entry["operations"]] == []


def test_the_same_words_never_want_ones_own_data_and_everybodys() -> None:
    both = {(entry["ask"].lower(), entry["whose"]) for entry in WHOSE if "whose" in entry}
    assert repeated(ask for ask, _ in both) == []


def test_tasks_that_are_said_together_are_at_least_two() -> None:
    assert min(map(len, TOGETHER)) >= 2
    assert [tasks for tasks in TOGETHER if repeated(task["ask"] for task in tasks)] == []


@pytest.mark.parametrize("content", ["", '{"a":', "\ufeff[]", "[1,]"])
def test_a_damaged_file_is_refused_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "watched.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(vocabulary, "FOLDER", str(tmp_path))
    with pytest.raises(CatalogueBroken, match=r"watched\.json is damaged"):
        watched()


def every_ask() -> Iterator[str]:
    yield from (ask for asks in ASKS.values() for ask in asks)
    yield from (entry["ask"] for entry in (*WHOSE, *TASKS))
    yield from (ask for kind in OTHERS for ask in kind.asks)
    for groups in words("occasions.json").values():
        yield from (ask for asks in groups.values() for ask in asks)
