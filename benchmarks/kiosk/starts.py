"""How late announcements begin in the running announcer: the due moment against its own note of the first block."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from announcer import queue
from announcer.models import Announcement, Playout, Sound
from announcer.script import Script
from announcer.studio import Studio
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Zone
from schedules.operations import all_zones

TEXT = "Mời vào ga."
EVERY_SECONDS = 5.0
AHEAD = timedelta(seconds=1.5)
CALM_SECONDS = 6.0


@dataclass
class Rounds:
    """All zones of *Ga Đo* begin together, again and again, from ``start`` to ``late``."""

    database: Database
    home: Path
    requests: list[str] = field(default_factory=list)
    script: Script = field(init=False)
    zones: list[Zone] = field(init=False)

    def __post_init__(self) -> None:
        self.studio = Studio(Settings(self.home))
        self.script = self.studio.script_of_text(TEXT, "vi", chime="none")
        with self.database.read() as session:
            self.zones = [zone for zone in all_zones(session) if zone.station.key == "ga-do"]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while not self._over.is_set():
            self.requests.append(self.submit())
            self._over.wait(EVERY_SECONDS)

    def submit(self) -> str:
        due = utcnow() + AHEAD
        with self.database.write() as session:
            wish = queue.Request(self.script, "đo", self.zones)
            request = queue.submit(session, self.studio, wish, utcnow())
            mine = Announcement.request_id == request
            session.execute(update(Announcement).where(mine).values(not_before=due, due_at=due))
        return request

    def late(self) -> list[float]:
        """Ends the rounds; milliseconds late, one for each zone and round."""
        self._over.set()
        self._thread.join()
        for request in self.requests:
            wait_for(self.database, request)
        query = select(Playout).where(Playout.request_id.in_(self.requests), Playout.result == "played")
        with self.database.read() as session:
            rows = session.scalars(query).all()
        assert len(rows) == len(self.requests) * len(self.zones), "not everything was said"
        return [
            abs((row.started_at - row.planned_at).total_seconds()) * 1000 for row in rows if row.started_at
        ]


def wait_for(database: Database, request: str) -> None:
    open_ = (Announcement.request_id == request) & (Announcement.state != "ended")
    while True:
        with database.read() as session:
            if not session.scalar(select(func.count()).where(open_)):
                return
        time.sleep(0.1)


def wait_until_prepared(database: Database) -> None:
    """Until no new sound has been made for a while."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < CALM_SECONDS:
        with database.read() as session:
            count = session.scalar(select(func.count()).select_from(Sound)) or 0
        if count != seen:
            seen, since = count, time.monotonic()
        time.sleep(0.5)
