"""The house rules that a machine can check, over every file of the bot and of its tests."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MIGRATIONS = "bot/store/migrations/"

LONGEST_FILE = 250
LONGEST_BODY = 40
LONGEST_SUMMARY = 97

BANNED_NAMES = {"base", "common", "helpers", "internals", "misc", "util", "utils"}

# A library is imported below its home alone, so that replacing it touches one place.
HOMES = {
    "alembic": ("bot/store/",),
    "apscheduler": ("bot/worker.py",),
    "authlib": ("bot/webex/oauth.py",),
    "click": ("bot/cli/",),
    "cryptography": ("bot/store/sealing.py",),
    "flask": ("bot/app.py", "bot/web/", "bot/emulator/"),
    "psycopg": ("bot/store/",),
    "granian": ("bot/serving.py",),
    "markdown_it": ("bot/emulator/",),
    "numpy": ("bot/catalogue/",),
    "prometheus_client": ("bot/metrics.py", "bot/web/health.py"),
    "pydantic": ("bot/settings.py", "bot/emulator/memory.py"),
    "sqlalchemy": ("bot/store/",),
    "safetensors": ("bot/catalogue/training/",),
    "sqlmodel": ("bot/store/",),
    "torch": ("bot/catalogue/training/",),
    "webexteamssdk": ("bot/webex/sdk.py",),
    "werkzeug": ("bot/web/", "bot/emulator/"),
}
REAL_CLOCKS = {"bot/app.py", "bot/emulator/clock.py"}
ENVIRONMENT_READERS = {"bot/settings.py"}

REVEALING = {
    "bot/cli/keys.py": 1,  # prints a new key, once
    "bot/cli/processes.py": 2,  # the emulator's made-up bot token
    "bot/core/secrets.py": 4,  # comparing, hashing, opening
    "bot/demo.py": 2,  # made-up secrets for the emulator
    "bot/doctor.py": 1,
    "bot/flows/consent.py": 5,  # ticket, state and verifier on their way out, or to be hashed
    "bot/settings.py": 1,  # its length
    "bot/store/bell.py": 1,  # the database's address
    "bot/store/outbox.py": 1,  # a message's words
    "bot/store/sealing.py": 2,
    "bot/web/browser.py": 1,  # signs the cookie
    "bot/web/signature.py": 1,  # checks a webhook
    "bot/webex/oauth.py": 4,  # client secret, refresh token, verifier, access token
    "bot/webex/sdk.py": 1,  # the bot's token
    "bot/webex/webhooks.py": 3,  # the webhook secret, twice to Webex and once to be hashed
}

UNTESTED_BY_NAME = {
    "bot/catalogue/training/__main__.py",  # needs PyTorch; the model it makes is examined
    "bot/catalogue/training/goals.py",  # as above
    "bot/catalogue/training/network.py",  # as above
    "bot/catalogue/training/refinement.py",  # as above
    "bot/catalogue/training/teaching.py",  # as above
    "bot/core/keeping.py",  # protocols: there is nothing to run
    "bot/core/ports.py",  # as above
    "bot/core/queues.py",  # as above
}
TESTS_OF_THE_WHOLE = {
    "test_architecture.py",
    "test_docs.py",
    "test_own_words.py",
    "test_packaging.py",
}
FOLDERS_OF_THE_WHOLE = ("cards/", "catalogue/questions/", "contracts/", "scenarios/")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


def test_a_file_is_short_enough_to_be_read_at_one_go() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in everything()}
    assert_none(f"{path}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE)


def test_a_function_fits_a_glance() -> None:
    assert_none(
        f"{path}:{node.lineno} {node.name}: {body_lines(node)} lines"
        for path in everything()
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and body_lines(node) > LONGEST_BODY
    )


def test_a_file_is_named_by_what_it_holds() -> None:
    assert_none(path for path in everything() if Path(path).stem in BANNED_NAMES)


def test_a_package_file_holds_at_most_a_docstring() -> None:
    packages = (path for path in everything() if path.endswith("__init__.py"))
    assert_none(path for path in packages if without_docstring(tree(path)))


def test_every_public_thing_says_in_one_short_line_what_it_is() -> None:
    assert_none(
        f"{path}:{line} {name}: {len(summary)} characters"
        for path in files_of("bot")
        for line, name, summary in summaries(tree(path))
        if not 0 < len(summary) <= LONGEST_SUMMARY
    )


def test_a_library_is_imported_in_its_home_alone() -> None:
    assert_none(
        f"{path}: {library}"
        for path in files_of("bot")
        for library in imported(tree(path))
        if library in HOMES and not path.startswith(HOMES[library])
    )


def test_the_real_clock_is_read_where_it_is_handed_out_alone() -> None:
    readings = {f"datetime.{reading}" for reading in ("now", "today", "utcnow")} | {"date.today"}
    readings |= {f"datetime.{reading}" for reading in readings}
    assert_none(readers_of(readings, among=everything()) - REAL_CLOCKS)


def test_the_environment_is_read_by_the_settings_alone() -> None:
    readings = {"os.environ", "os.getenv"}
    assert_none(readers_of(readings, among=files_of("bot")) - ENVIRONMENT_READERS)


def test_a_secret_is_revealed_in_few_places_and_all_of_them_are_known() -> None:
    """Add a place only where a secret leaves for the one who must have it, or to be hashed."""
    assert {path: times for path in files_of("bot") if (times := reveals_in(path))} == REVEALING


def test_every_module_has_its_test() -> None:
    modules = {path for path in files_of("bot") if not path.endswith("__init__.py")}
    assert_none(modules - {module_of(path) for path in module_tests()} - UNTESTED_BY_NAME)


def test_every_test_has_its_module_or_its_data_file() -> None:
    tested = {*files_of("bot"), *data_files_as_modules()}
    assert_none(path for path in module_tests() if module_of(path) not in tested)


def assert_none(offenders: Iterable[str]) -> None:
    """Fail with one offender per line; a bare assert would cut the list short."""
    listed = sorted(offenders)
    assert not listed, "\n".join(["", *listed])


def files_of(folder: str) -> list[str]:
    """Return our modules below a folder; a migration is a record, not a module."""
    paths = [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in paths if not path.startswith(MIGRATIONS))


def everything() -> list[str]:
    return files_of("bot") + files_of("tests")


def reveals_in(path: str) -> int:
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return sum(isinstance(c.func, ast.Attribute) and c.func.attr == "reveal" for c in calls)


def module_tests() -> list[str]:
    """Return the test files that stand for one module each."""
    files = [path for path in files_of("tests") if Path(path).name.startswith("test_")]
    whole = tuple(f"tests/{name}" for name in (*TESTS_OF_THE_WHOLE, *FOLDERS_OF_THE_WHOLE))
    return [path for path in files if not path.startswith(whole)]


def module_of(test: str) -> str:
    """Turn tests/x/test_y.py into bot/x/y.py."""
    path = Path(test)
    folder = Path("bot", *path.parent.parts[1:])
    return (folder / path.name.removeprefix("test_")).as_posix()


def data_files_as_modules() -> Iterator[str]:
    """Yield bot/x/scopes_json.py for bot/x/scopes.json, so that test_scopes_json.py has a home."""
    for path in (ROOT / "bot").rglob("*.json"):
        name = path.name.replace(".", "_") + ".py"
        yield path.with_name(name).relative_to(ROOT).as_posix()


def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def without_docstring(node: ast.Module | Definition) -> list[ast.stmt]:
    return node.body[1:] if ast.get_docstring(node) is not None else node.body


def body_lines(function: Function) -> int:
    body = without_docstring(function)
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def summaries(node: ast.Module | Definition) -> Iterator[tuple[int, str, str]]:
    """Yield line, name and first docstring line of each thing that is public."""
    line, name = (1, "module") if isinstance(node, ast.Module) else (node.lineno, node.name)
    yield line, name, (ast.get_docstring(node) or "").partition("\n")[0]
    if isinstance(node, ast.Module | ast.ClassDef):
        for part in node.body:
            if isinstance(part, Definition) and not part.name.startswith("_"):
                yield from summaries(part)


def imported(module: ast.Module) -> Iterator[str]:
    """Yield the top-level package of each import, also of those inside functions."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def readers_of(names: set[str], among: list[str]) -> set[str]:
    """Return the files in which one of these dotted names stands."""
    return {
        path
        for path in among
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in names
    }
