"""How people ask for what an operation does, written down by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "bot" / "catalogue" / "vocabulary"
OPERATIONS: dict[str, list[str]] = json.loads((FOLDER / "operations.json").read_text("utf-8"))


def test_each_operation_is_named_by_method_and_path() -> None:
    name = re.compile(r"(GET|POST|PUT|PATCH|DELETE) /\S*")
    assert [key for key in OPERATIONS if not name.fullmatch(key)] == []


def test_each_has_several_ways_of_asking_and_none_belongs_to_two() -> None:
    assert min(map(len, OPERATIONS.values())) >= 3
    times = Counter(phrase.lower() for phrases in OPERATIONS.values() for phrase in phrases)
    assert [phrase for phrase, found in times.items() if found > 1] == []
