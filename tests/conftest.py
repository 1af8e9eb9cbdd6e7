"""What every test may use. Nothing here touches a sound card or the network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from schedules.core.database import Database

settings.register_profile("loaga", deadline=None)  # a deadline is a timed assertion in disguise
settings.load_profile("loaga")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (CI), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("LOAGA_NO_SKIP") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty station's database, brought up to date."""
    database = Database.of_home(tmp_path)
    database.migrate()
    yield database
    database.close()
