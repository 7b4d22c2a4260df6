"""What the documents say is so: commands, settings, targets, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic_core import PydanticUndefined

from bot import demo
from bot.chat.repertoire import router
from bot.cli.main import main
from bot.emulator.demo import PEOPLE
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
TARGETS = {"run", "test", "check", "bench", "install"}
TOLD_IN_WORDS = {"PUBLIC_URL", "ALLOWED_EMAIL_DOMAINS", "ALLOWED_ORG_IDS", "LOG_FORMAT"}
"""Their defaults depend on others, or on where the process runs."""

# Put together, for these words must not stand here either.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "artifactory", "nexus")


def test_the_readme_lists_what_can_be_said() -> None:
    told = [re.findall(r"`([^`]+)`", say)[0] for say, *_ in rows(section("What to say"))]
    assert sorted(told) == sorted(command.usage for command in router().commands)


def test_the_readme_lists_every_setting_and_no_other() -> None:
    assert sorted(told_settings()) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields)))
def test_the_readme_tells_the_default_of_each_setting(name: str) -> None:
    told, default = told_settings()[name.upper()], Settings.model_fields[name].default
    if name.upper() in TOLD_IN_WORDS:
        assert not default
    elif default is PydanticUndefined:
        assert "required" in told or name == "webex_bot_token"
    else:
        assert told == (f"`{shown(default)}`" if default else "none")


def test_the_readme_lists_every_command_and_no_other() -> None:
    told = {
        " ".join((*group, word))
        for commands, *_ in rows(section("Commands for operators"))
        for line in re.findall(r"`consentry ([^`]+)`", commands)
        for *group, words in [line.split(" [")[0].split()]
        for word in words.replace("\\", "").split("|")
    }
    assert told == set(commands_of(main))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_tells_to_type_exists(document: Path) -> None:
    told = set(re.findall(r"\bconsentry ([a-z-]+(?: [a-z-]+)?)", code_in(document.read_text())))
    known = set(commands_of(main))
    with_arguments = {command for command in known if " " not in command}
    right = known | {command.partition(" ")[0] for command in known}
    assert not [one for one in told - right if one.split()[0] not in with_arguments]


def test_the_targets_that_others_rely_on_are_there() -> None:
    assert targets() >= TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_target_that_a_document_names_is_there(document: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", code_in(document.read_text())))
    assert named <= targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text())
    files = [link for link in links if "://" not in link]
    assert not [link for link in files if not (document.parent / link).exists()]


def test_the_readme_links_to_every_other_document() -> None:
    others = {path.relative_to(ROOT).as_posix() for path in DOCUMENTS} - {"README.md"}
    assert not [path for path in others if f"]({path})" not in README]


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, ROOT / "Makefile", ROOT / "pyproject.toml"], ids=lambda path: path.name
)
def test_no_document_names_a_package_registry(document: Path) -> None:
    assert not [host for host in REGISTRIES if host in document.read_text().lower()]


def test_the_procfile_starts_commands_that_exist() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    processes = dict(line.split(": consentry ") for line in lines)
    assert set(processes) >= {"web", "worker"}
    assert set(processes.values()) <= set(commands_of(main))


def test_the_people_and_places_of_the_tour_are_those_of_the_demonstration(tmp_path: Path) -> None:
    made = demo.environment({}, kept=tmp_path / "demo.json")
    assert f"<{made[demo.EMULATOR_URL]}/>" in README
    ana = PEOPLE[0]
    assert f"**{ana.display_name}**" in README
    assert ana.email in README
    assert "`connect calling`" in section("Try it, without Webex")


def section(title: str) -> str:
    """Give what stands under a heading of the README."""
    _, found, rest = README.partition(f"\n## {title}\n")
    assert found, f"the README has no section {title!r}"
    return rest.partition("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """Give the cells of a table, line by line, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def told_settings() -> dict[str, str]:
    """Give the default that the README tells for each setting."""
    told: dict[str, str] = {}
    for names, _, defaults in rows(section("Settings")):
        named = re.findall(r"`([A-Z_]+)`", names)
        each = defaults.split(", ") if len(named) == defaults.count("`") / 2 else [defaults]
        told |= dict(zip(named, each * len(named), strict=False))
    return told


def shown(default: object) -> str:
    return ",".join(map(str, default)) if isinstance(default, tuple) else str(default)


def commands_of(group: click.Group, *before: str) -> Iterator[str]:
    """Name every command that can be typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, *before, name)
        else:
            yield " ".join((*before, name))


def code_in(text: str) -> str:
    """Give what stands in code, where a command is meant and not a word."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
