"""kill -9 in the middle of an announcement, again and again: nothing accepted is lost, nothing is said twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from factories import bring_in, station
from sqlalchemy import func, select

from announcer import queue
from announcer.models import Announcement, Playout
from announcer.studio import Studio
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import load
from schedules.operations import all_zones

DEATHS = 50
PATIENCE = 180.0  # a slow machine has fifty of them to say at the end


class Station:
    """A real announcer process with a folder for a loudspeaker."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = Database.of_home(home)
        self.database.migrate()
        bring_in(self.database, home, station(), utcnow())
        self.studio = Studio(load(home))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "LOAGA_AUDIO_SINK": "folder"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "announcer.daemon", str(self.home)],
            env=environment,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, number: int) -> str:
        with self.database.write() as session:
            script = self.studio.script_of_text("Xin chào.", "vi", chime="none")
            return queue.submit(
                session, self.studio, queue.Request(script, f"call {number}", all_zones(session)), utcnow()
            )

    def count(self, state: str) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).where(Announcement.state == state)) or 0

    def wait_for(self, what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < deadline, "the station did not get there"
            time.sleep(0.01)


def test_fifty_sudden_deaths_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    chance = random.Random(5635)
    place = Station(tmp_path)
    requests = []
    for number in range(DEATHS):
        requests.append(place.ask(number))
        place.start()
        place.wait_for(lambda: place.count("playing") > 0)
        time.sleep(chance.uniform(0, 0.7))
        place.kill()
    place.start()
    place.wait_for(lambda: place.count("ended") == 2 * DEATHS)
    place.process.terminate() if place.process else None
    place.process.wait() if place.process else None

    with place.database.read() as session:
        log = session.scalars(select(Playout)).all()
    ends = Counter((row.request_id, row.zone, row.result) for row in log if row.final)
    assert ends == {(request, zone, "played"): 1 for request in requests for zone in ("sanh", "ke-1")}
    whole = Counter(
        path.stem.rpartition("_")[2]
        for path in (tmp_path / "folder").glob("*/*.wav")
        if not path.stem.endswith("cut")
    )
    assert max(whole.values()) == 1
    place.studio.close()
    place.database.close()
