import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.engine import engine_for
from bot.store.schema import upgrade
from bot.store.sealing import Sealer
from bot.store.store import Store
from tests.chat.talk import Talk


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database that each test copies, for migrating it takes longer than a talk."""
    file = tmp_path_factory.mktemp("migrated") / "consentry.db"
    engine = engine_for(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def talk(migrated_file: Path, tmp_path: Path, sealer: Sealer) -> Iterator[Talk]:
    """A bot on SQLite, quick enough for the many tests of single commands."""
    file = shutil.copy(migrated_file, tmp_path / "consentry.db")
    engine = engine_for(f"sqlite:///{file}")
    yield Talk(Store(engine, sealer))
    engine.dispose()
