from __future__ import annotations

import threading
from pathlib import Path

from interrupts import survives

from kiosk.health.watch import Watch
from schedules.core.database import Database
from schedules.core.settings import Settings


def test_a_signal_ends_the_watch_whatever_it_is_doing(database: Database, tmp_path: Path) -> None:
    watch = Watch(Settings(tmp_path), database)
    assert survives(watch, watch.stop)


def test_the_watch_ends_within_a_moment(database: Database, tmp_path: Path) -> None:
    watch = Watch(Settings(tmp_path), database)
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    watch.stop()
    thread.join(10)
    assert not thread.is_alive()
