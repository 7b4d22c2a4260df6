"""A stage for each scenario, once on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stage import Stage, staged


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url) as stage:
        stage.register()
        yield stage
