"""What we tell about scopes is written by us: no run of words is taken from what is published."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.catalogue.operations import Operations
from bot.catalogue.picture.dangers import RULES
from bot.catalogue.scopes import Catalogue

ROOT = Path(__file__).parents[1]
OPENAPI = (ROOT / os.environ.get("WEBEX_OPENAPI_DIR", "../shared/webex/openapi")).resolve()
RUN = 8
"""So many equal words in a row are no chance."""


def test_nothing_repeats_the_title_of_an_operation() -> None:
    assert repeated_from(operation.title for operation in Operations.load()) == {}


@pytest.mark.skipif(
    not OPENAPI.is_dir(), reason=f"OWN WORDS NOT COMPARED: no {OPENAPI}; set WEBEX_OPENAPI_DIR"
)
def test_nothing_repeats_a_description_of_the_openapi_files() -> None:
    files = sorted(OPENAPI.glob("*.json"))
    published = [text for file in files for text in texts_in(json.loads(file.read_text("utf-8")))]
    assert len(published) > 1000
    assert repeated_from(published) == {}


def test_a_repetition_would_be_found() -> None:
    scope = next(iter(Catalogue.load()))
    assert scope.name in repeated_from([f"Webex says: {scope.explains.upper()}"])
    assert repeated_from([" ".join(scope.explains.split()[: RUN - 1])]) == {}


def repeated_from(published: Iterable[str]) -> Mapping[str, str]:
    """Name the texts of ours that share a run of words with a published one, and the run."""
    theirs = {run for text in published for run in runs(text)}
    return {name: run for name, text in own_texts() for run in runs(text) if run in theirs}


def own_texts() -> Iterator[tuple[str, str]]:
    for scope in Catalogue.load():
        for text in (scope.explains, scope.does_not, scope.why, scope.note, scope.matter):
            yield scope.name, text
    for rule in RULES:
        yield "a rule", rule.sentence


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"[\w’']+", text.lower())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def texts_in(node: object) -> Iterator[str]:
    """Give every text of an OpenAPI file, wherever it stands."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_in(value)
