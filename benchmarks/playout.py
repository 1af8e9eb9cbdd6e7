"""How punctual playout is, how fast an urgent message takes over, and what the processes weigh.

``start_error`` is the time between an announcement's due moment and its first block at the sink, in 20 zones that all
begin together; ``urgent_preemption`` the time between the commit of an urgent request and its first block at the sink of
a zone that is speaking.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from sqlalchemy import update

from announcer import queue
from announcer.daemon import Daemon
from announcer.models import Announcement
from announcer.script import Script
from audio.pcm import Block
from audio.sinks.base import Label
from audio.sinks.silent import SilentSink
from benchmarks import liquidsoap
from benchmarks.figures import percentile, show
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings
from schedules.models import Station, Zone
from schedules.operations import all_zones

ZONES = 20
ROUNDS = 15
INTERRUPTIONS = 60
TEXT = "Xin quý khách đứng sau vạch vàng khi tàu vào ga, và giữ trẻ em bên mình."
URGENT = "Yêu cầu quý khách rời khỏi nhà ga theo lối thoát hiểm."


class StampingSink(SilentSink):
    """Notes when the first block of each announcement came."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, datetime] = {}
        self._waiting = ""

    def begin(self, label: Label) -> None:
        super().begin(label)
        self._waiting = label.id

    def write(self, block: Block) -> None:
        if self._waiting:
            self.first[self._waiting], self._waiting = datetime.now(UTC), ""
        super().write(block)


class Bench:
    def __init__(self, home: Path) -> None:
        self.database = Database.of_home(home)
        self.database.migrate()
        with self.database.write() as session:
            station = Station(key="ga-do", kind="rail", name="Ga Đo")
            session.add(station)
            session.flush()
            session.add_all(
                Zone(key=f"z{i:02}", station_id=station.id, name=f"Khu {i}", gap_seconds=0)
                for i in range(ZONES)
            )
        self.sinks: dict[str, StampingSink] = {}
        settings = Settings(home, {"audio.sink": "silent"})
        self.daemon = Daemon(settings, self.database, self._sink)
        self.script = self.daemon.studio.script_of_text(TEXT, "vi", chime="none")
        self.urgent = self.daemon.studio.script_of_text(URGENT, "vi", chime="none")

    def _sink(self, zone: Zone) -> StampingSink:
        self.sinks[zone.id] = StampingSink()
        return self.sinks[zone.id]

    def submit(
        self, script: Script, zones: list[Zone], priority: str = "normal", due: datetime | None = None
    ) -> str:
        with self.database.write() as session:
            request = queue.submit(
                session, self.daemon.studio, queue.Request(script, "đo", zones, priority), utcnow()
            )
            if due:
                mine = Announcement.request_id == request
                session.execute(update(Announcement).where(mine).values(not_before=due, due_at=due))
        return request

    def ids(self, request: str) -> dict[str, Announcement]:
        with self.database.read() as session:
            return {row.zone_id: row for row in session.query(Announcement).filter_by(request_id=request)}

    def prepare(self) -> list[Zone]:
        """Have both sounds made, by asking for them once."""
        with self.database.read() as session:
            zones = all_zones(session)
        for script in (self.script, self.urgent):
            self.wait(self.submit(script, zones[:1]))
        return zones

    def wait(self, request: str) -> None:
        while any(row.state != "ended" for row in self.ids(request).values()):
            time.sleep(0.05)

    def first_block(self, zone_id: str, id: str) -> datetime:
        while id not in self.sinks[zone_id].first:
            time.sleep(0.005)
        return self.sinks[zone_id].first[id]


def start_errors(bench: Bench, zones: list[Zone]) -> list[float]:
    """Milliseconds late, for every zone and round."""
    late = []
    for _ in range(ROUNDS):
        due = utcnow() + timedelta(seconds=1.2)
        request = bench.submit(bench.script, zones, due=due)
        bench.wait(request)
        for zone_id, row in bench.ids(request).items():
            late.append(abs((bench.first_block(zone_id, row.id) - due).total_seconds()) * 1000)
    return late


def interruptions(bench: Bench, zones: list[Zone]) -> list[float]:
    """Milliseconds from the commit of an urgent request to its first block, in a zone that is speaking."""
    taken = []
    for i in range(INTERRUPTIONS):
        zone = zones[i % ZONES]
        request = bench.submit(bench.script, [zone])
        bench.first_block(zone.id, bench.ids(request)[zone.id].id)
        time.sleep(0.3 + 0.013 * (i % 7))
        urgent = bench.submit(bench.urgent, [zone], "urgent")
        committed = datetime.now(UTC)
        id = bench.ids(urgent)[zone.id].id
        taken.append((bench.first_block(zone.id, id) - committed).total_seconds() * 1000)
    return taken


def _peer(ours: float) -> dict[str, float | None]:
    """Liquidsoap at the same task in the same run; the ratio is its time over ours."""
    theirs = liquidsoap.interruptions(INTERRUPTIONS // 2)
    if theirs is None:
        return {"liquidsoap_preemption_p95_ms": None}
    p95 = percentile(theirs, 0.95)
    return {
        "liquidsoap_preemption_p50_ms": round(percentile(theirs, 0.5), 1),
        "liquidsoap_preemption_p95_ms": round(p95, 1),
        "times_faster_than_liquidsoap": round(p95 / ours, 2),
    }


def weight() -> dict[str, float]:
    """Megabytes of the web server and the announcer with all their helpers, at their heaviest, while sounds are made."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "LOAGA_HOME": folder,
            "LOAGA_AUDIO_SINK": "folder",
            "LOAGA_WEB_PORT": "18099",
            "LOAGA_VOICES_EN": "espeak",
            "LOAGA_VOICES_VI": "espeak",
            "LOAGA_READBACK_ENABLED": "0",  # it would hold back what espeak says
        }
        up = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "up"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _heaviest(psutil.Process(up.pid), seconds=40)
        finally:
            up.terminate()
            up.wait(20)


def _heaviest(process: psutil.Process, seconds: float) -> dict[str, float]:
    """``rss_mb`` is the web server and the announcer; ``rss_all_mb`` counts the supervisor and all helpers too."""
    two, all_, end = 0.0, 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(psutil.Error):
            weights = {p.pid: p.memory_info().rss / 1e6 for p in [process, *process.children(recursive=True)]}
            two = max(two, sum(weights[p.pid] for p in process.children()))
            all_ = max(all_, sum(weights.values()))
        with contextlib.suppress(OSError):
            urllib.request.urlopen("http://127.0.0.1:18099/", timeout=2).read()
        time.sleep(0.2)
    return {"rss_mb": round(two, 1), "rss_all_mb": round(all_, 1)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        thread = threading.Thread(target=bench.daemon.run)
        thread.start()
        zones = bench.prepare()
        late, taken = start_errors(bench, zones), interruptions(bench, zones)
        bench.daemon.stop()
        thread.join()
    show(
        {
            "zones": ZONES,
            "starts": len(late),
            "start_error_p50_ms": round(percentile(late, 0.5), 1),
            "start_error_p99_ms": round(percentile(late, 0.99), 1),
            "interruptions": len(taken),
            "urgent_preemption_p50_ms": round(percentile(taken, 0.5), 1),
            "urgent_preemption_p95_ms": round(percentile(taken, 0.95), 1),
            **_peer(percentile(taken, 0.95)),
            **weight(),
        }
    )


if __name__ == "__main__":
    main()
