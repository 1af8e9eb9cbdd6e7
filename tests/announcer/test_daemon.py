from __future__ import annotations

from pathlib import Path

from interrupts import survives

from announcer.daemon import Daemon
from schedules.core.database import Database
from schedules.core.settings import Settings


def test_a_signal_ends_the_announcer_whatever_it_is_doing(database: Database, tmp_path: Path) -> None:
    daemon = Daemon(Settings(tmp_path, {"audio.sink": "silent"}), database)
    assert survives(daemon, daemon.stop)
    daemon.close()
