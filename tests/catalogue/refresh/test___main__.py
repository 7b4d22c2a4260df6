import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.operation_file import read_operations
from bot.catalogue.refresh.__main__ import OPERATIONS, WORDS, _replace, main
from bot.catalogue.scope import Confidence
from bot.catalogue.scope_file import CatalogueBroken

ROOT = Path(__file__).parents[3]
OPENAPI = (ROOT / os.environ.get("WEBEX_OPENAPI_DIR", "../shared/webex/openapi")).resolve()
PUBLISHED = ("webex-messaging.json", "webex-admin.json")
needs_openapi = pytest.mark.skipif(
    not all((OPENAPI / name).is_file() for name in PUBLISHED),
    reason=f"CATALOGUE NOT COMPARED: no {PUBLISHED} in {OPENAPI}; set WEBEX_OPENAPI_DIR",
)

HELD = """{"format":1,"products":{
"messaging":{
"Rooms":[
{"name":"GET /rooms","title":"List","any_of":["spark:rooms_read"]},
{"name":"GET /rooms/{id}","title":"Get a Room","any_of":["spark:rooms_read"],"roles":"full_admin"}
],
"Messages":[
{"name":"POST /messages","title":"Send","any_of":["spark:messages_write"]}
]
}
}}
"""
SAME: dict[str, Any] = {
    "/rooms": {"get": {"summary": "List", "tags": ["Rooms"]}},
    "/rooms/{id}": {"get": {"summary": "Get a Room", "tags": ["Rooms"]}},
    "/messages": {"post": {"summary": "Send", "tags": ["Messages"]}},
}
NEWER: dict[str, Any] = {
    "/rooms": {
        "get": {"summary": "List Rooms", "tags": ["Rooms"], "description": "Needs spark:all."},
        "post": {
            "summary": "Create a Room",
            "tags": ["Rooms"],
            "description": "Needs spark:rooms_write or spark:all. Secret recipe.",
        },
    },
    "/rooms/{roomId}": {
        "get": {
            "summary": "Get a Room",
            "tags": ["Spaces"],
            "description": "If you like, spark:rooms_peep will do.",
        }
    },
    "/kitchen": {"get": {"summary": "Cook", "description": "Not without spark:rooms_peep."}},
    "/hall": {"get": {"summary": "Enter", "tags": ["Hall"]}},
}

REPORT = """\
New
  POST /rooms: Create a Room (Rooms); needs spark:rooms_write, or spark:all
  GET /kitchen: Cook (messaging); to be read by hand, names spark:rooms_peep
  GET /hall: Enter (Hall); nothing is said about scopes

Gone
  POST /messages: Send

Changed
  GET /rooms
    title: “List Rooms”, was “List”
    scopes: spark:all; the catalogue says spark:rooms_read
  GET /rooms/{id}
    path: “/rooms/{roomId}”, was “/rooms/{id}”
    group: “Spaces”, was “Rooms”
    scopes: to be read by hand, also names spark:rooms_peep

Scopes that the catalogue does not explain
  spark:rooms_peep

To do by hand
  Read what each new operation says, and correct its scopes in operations.json.
  Give each new operation words in words/operations.json, so that people find it.
  Drop or rename in words/ what is gone or has another path.
  Check the changed scopes, and correct any_of in operations.json: they are never overwritten.
  Explain the unknown scopes in scopes.json, unless Webex misspelt them.
"""


@pytest.fixture
def held(tmp_path: Path) -> Path:
    file = tmp_path / "operations.json"
    file.write_text(HELD, encoding="utf-8")
    return file


def published(folder: Path, paths: dict[str, Any]) -> str:
    file = folder / "webex-messaging.json"
    file.write_text(json.dumps({"paths": paths}), encoding="utf-8")
    return str(file)


def test_what_has_not_changed_is_told_so(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([published(tmp_path, SAME), "--write"], operations=held) == 0
    assert capsys.readouterr().out == "Nothing differs from the catalogue.\n"
    assert held.read_text(encoding="utf-8") == HELD


def test_everything_that_differs_is_told_and_nothing_is_written_unasked(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([published(tmp_path, NEWER)], operations=held) == 1
    last = "  Run it again with --write to take over all but the scopes.\n\n"
    assert capsys.readouterr().out == REPORT + last
    assert held.read_text(encoding="utf-8") == HELD


def test_writing_takes_over_all_but_checked_scopes(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([published(tmp_path, NEWER), "--write"], operations=held) == 1
    assert capsys.readouterr().out == f"{REPORT}\n"
    text = held.read_text(encoding="utf-8")
    assert "recipe" not in text
    now = read_operations(text)
    assert list(now) == [
        "GET /rooms",
        "POST /rooms",
        "GET /rooms/{roomId}",
        "GET /kitchen",
        "GET /hall",
    ]
    assert now["GET /rooms"].scopes == now["GET /rooms/{roomId}"].scopes == {"spark:rooms_read"}
    assert now["GET /rooms/{roomId}"].roles == ("full_admin",)
    assert now["POST /rooms"].confidence is Confidence.MEDIUM
    assert now["GET /kitchen"].any_of == now["GET /hall"].any_of == ()


def test_after_writing_only_the_work_by_hand_is_left(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = published(tmp_path, NEWER)
    main([file, "--write"], operations=held)
    capsys.readouterr()
    assert main([file, "--write"], operations=held) == 1
    told = capsys.readouterr().out
    assert "New" not in told
    assert "Gone" not in told
    assert "title" not in told
    assert "  GET /rooms\n    scopes: spark:all; the catalogue says spark:rooms_read" in told


def test_a_file_that_cannot_be_used_changes_nothing(
    held: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [published(tmp_path, NEWER), str(tmp_path / "missing.json"), "--write"]
    assert main(files, operations=held) == 1
    told = capsys.readouterr()
    assert "missing.json cannot be read" in told.err
    assert told.out == ""
    assert held.read_text(encoding="utf-8") == HELD


def test_what_could_not_be_read_again_is_not_written(held: Path) -> None:
    with pytest.raises(CatalogueBroken):
        _replace(held, "[]")
    assert held.read_text(encoding="utf-8") == HELD
    assert list(held.parent.glob("*.new")) == []


def test_the_files_that_a_person_is_sent_to_exist() -> None:
    assert OPERATIONS.is_file()
    assert OPERATIONS.with_name("scopes.json").is_file()
    assert (OPERATIONS.parent / WORDS).is_file()


def test_it_runs_as_a_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.catalogue.refresh", str(tmp_path / "missing.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "missing.json cannot be read" in done.stderr


@needs_openapi
def test_the_catalogue_agrees_with_what_webex_publishes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = OPERATIONS.read_bytes()
    assert main([str(OPENAPI / name) for name in PUBLISHED]) == 0, capsys.readouterr().out
    assert before == OPERATIONS.read_bytes()
