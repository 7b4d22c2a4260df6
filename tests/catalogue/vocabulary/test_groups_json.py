"""What each group of operations is about, in the words of who needs it."""

from __future__ import annotations

import json

from tests.catalogue.vocabulary.test_operations_json import FOLDER

GROUPS = json.loads((FOLDER / "groups.json").read_text("utf-8"))


def test_each_group_stands_once_and_says_when_one_needs_it() -> None:
    names = [(group["product"], group["topic"], group["tag"]) for group in GROUPS]
    assert len(names) == len(set(names)) == 181
    assert [group["tag"] for group in GROUPS if len(group["occasions"]) < 6] == []
    assert [group["tag"] for group in GROUPS if not group["what"].endswith(".")] == []
