"""What every test may use. Nothing here touches a sound card or the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from schedules.core.database import Database

settings.register_profile("loaga", deadline=None)  # a deadline is a timed assertion in disguise
settings.load_profile("loaga")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty station's database, brought up to date."""
    database = Database.of_home(tmp_path)
    database.migrate()
    yield database
    database.close()
