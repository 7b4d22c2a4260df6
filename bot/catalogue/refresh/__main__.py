"""Refreshes the operations from newer OpenAPI files: ``python -m bot.catalogue.refresh FILES…``.

For whoever keeps the catalogue, not for those who run the bot. It says what is new, gone and
changed, and with ``--write`` takes over what a machine may decide; the rest it lists.
Separate from the comparison because it is about words, files and exit codes only.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.catalogue.operation_file import FILE, read_operations, written
from bot.catalogue.reading.vocabulary import FOLDER
from bot.catalogue.refresh.comparison import Change, Comparison, compare, refreshed
from bot.catalogue.refresh.openapi import Published, read_openapi
from bot.catalogue.refresh.scope_sentences import Alternatives
from bot.catalogue.scopes import Catalogue
from bot.core.errors import ConsentryError

WORDS = f"{FOLDER}/operations.json"
OPERATIONS = Path(__file__).parent.with_name(FILE)


def main(arguments: Sequence[str] | None = None, *, operations: Path = OPERATIONS) -> int:
    """Compare, say what differs, and write if asked to.

    Args:
        arguments: Those of the command line, unless given.
        operations: The data file to compare with, and to write.

    Returns:
        0 when nothing differs, 1 when something does or a file cannot be used.
    """
    given = _parsed(arguments)
    try:
        found = _refresh(given.files, operations, is_written=given.write)
    except ConsentryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join(_report(found, is_written=given.write)) + "\n")
    return 1 if found else 0


def _parsed(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(
        prog="python -m bot.catalogue.refresh",
        description="Compare the catalogue's operations with Webex's newer OpenAPI files.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILES")
    parser.add_argument(
        "--write",
        action="store_true",
        help="add what is new, drop what is gone and take over paths, titles and groups",
    )
    return parser.parse_args(arguments)


def _refresh(files: Iterable[Path], file: Path, *, is_written: bool) -> Comparison:
    scopes = {scope.name for scope in Catalogue.load()}
    held = read_operations(file.read_text(encoding="utf-8")).values()
    found = compare(held, _published(files, scopes), scopes)
    if is_written and found:
        _replace(file, written(refreshed(held, found)))
    return found


def _replace(file: Path, text: str) -> None:
    """Write what can be read again, in one go: a half-written catalogue would stop everything."""
    read_operations(text)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(text.encode())
    fresh.replace(file)


def _published(files: Iterable[Path], scopes: Iterable[str]) -> list[Published]:
    families = {name.partition(":")[0] for name in scopes if ":" in name}
    return [operation for file in files for operation in read_openapi(file, families)]


def _report(found: Comparison, *, is_written: bool) -> Iterator[str]:
    if not found:
        yield "Nothing differs from the catalogue."
        return
    yield from _part("New", [_introduced(change) for change in found.new])
    yield from _part("Gone", [f"{one.name}: {one.title}" for one in found.gone])
    yield from _part("Changed", [line for one in found.changed for line in _differences(one)])
    yield from _part("Scopes that the catalogue does not explain", found.strange_scopes)
    yield from _part("To do by hand", list(_tasks(found, is_written=is_written)))


def _part(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from (heading, *(f"  {line}" for line in lines), "")


def _introduced(change: Change) -> str:
    operation = change.operation
    return f"{operation.name}: {operation.title} ({operation.group}); {_needs(change)}"


def _needs(change: Change) -> str:
    says = change.published.says
    if change.operation.any_of:
        return f"needs {_told(change.operation.any_of)}"
    if says.names:
        return f"to be read by hand, names {', '.join(sorted(says.names))}"
    return "nothing is said about scopes"


def _differences(change: Change) -> Iterator[str]:
    was, now, says = change.operation, change.renamed, change.published.says
    yield was.name
    pairs = (("path", was.path, now.path), ("title", was.title, now.title))
    for what, before, after in (*pairs, ("group", was.group, now.group)):
        if before != after:
            yield f"  {what}: “{after}”, was “{before}”"
    if change.has_other_scopes and says.any_of:
        yield f"  scopes: {_told(says.any_of)}; the catalogue says {_told(was.any_of)}"
    elif change.has_other_scopes:
        strange = ", ".join(sorted(says.names - was.scopes))
        yield f"  scopes: to be read by hand, also names {strange}"


def _told(any_of: Alternatives) -> str:
    """Put alternatives into words."""
    sets = [" and ".join(sorted(scopes)) or "no scope" for scopes in any_of]
    return ", or ".join(sets) or "nothing"


def _tasks(found: Comparison, *, is_written: bool) -> Iterator[str]:
    if found.new:
        yield f"Read what each new operation says, and correct its scopes in {FILE}."
        yield f"Give each new operation words in {WORDS}, so that people find it."
    if found.gone or any(one.operation.path != one.published.path for one in found.changed):
        yield f"Drop or rename in {FOLDER}/ what is gone or has another path."
    if any(change.has_other_scopes for change in found.changed):
        yield f"Check the changed scopes, and correct any_of in {FILE}: they are never overwritten."
    if found.strange_scopes:
        yield "Explain the unknown scopes in scopes.json, unless Webex misspelt them."
    if not is_written:
        yield "Run it again with --write to take over all but the scopes."


if __name__ == "__main__":
    sys.exit(main())
