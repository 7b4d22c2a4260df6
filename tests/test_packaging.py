"""What is installed elsewhere: the built wheel, and the locks it is installed with."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
RUNTIME = (ROOT / "requirements.lock").read_text()
DEVELOPMENT = (ROOT / "requirements-dev.lock").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_card(wheel: set[str]) -> None:
    cards = {f"bot/_cards/{name}" for name in files_below("cards")}
    assert cards
    assert cards <= wheel


def test_the_wheel_carries_templates_data_and_migrations(wheel: set[str]) -> None:
    assert {f"bot/{name}" for name in files_below("bot")} <= wheel
    assert "bot/store/migrations/env.py" in wheel


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=["runtime", "development"])
def test_a_lock_names_no_address(lock: str) -> None:
    assert not re.findall(r"^.*(?:://|--index|--extra-index|--find-links).*$", lock, re.MULTILINE)


def test_the_development_lock_repeats_the_runtime_lock() -> None:
    assert pins(RUNTIME) <= pins(DEVELOPMENT)


def test_every_dependency_tells_why_it_is_here() -> None:
    reasons = (ROOT / "docs" / "decisions.md").read_text()
    told = re.findall(r"^\| ([a-z][a-z0-9-]*) \|", reasons, re.MULTILINE)
    assert sorted(told) == sorted([*["library"] * 3, *declared()])


def files_below(folder: str) -> set[str]:
    top = ROOT / folder
    files = {path.relative_to(top) for path in top.rglob("*") if path.is_file()}
    return {path.as_posix() for path in files if "__pycache__" not in path.parts}


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9.-]+==\S+", lock, re.MULTILINE))


def declared() -> list[str]:
    """Return the bare names of all dependencies in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    requirements = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["project"]["optional-dependencies"]["training"],
        *project["dependency-groups"]["build"],
    ]
    return [re.split(r"[^a-z0-9-]", requirement, maxsplit=1)[0] for requirement in requirements]
