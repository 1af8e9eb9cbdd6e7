"""The announcer's process: start-up reads top to bottom, shutdown is its mirror image.

The main thread runs the dispatcher's turns, every 20 ms at the least; each zone has a player thread; one thread prepares
sounds; APScheduler wakes planning, intake and the heartbeat. All of them are loops around a ``step`` that tests call.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from announcer import planning
from announcer import settings as names
from announcer.models import ZoneStatus
from announcer.player import Player
from announcer.playout import Dispatcher
from announcer.preparation import Preparation
from announcer.queue import Intake
from announcer.studio import Studio
from announcer.worker import Worker
from audio.sinks.base import Sink
from audio.sinks.registry import default_sink_name, make_sink
from schedules.core import changes, logs
from schedules.core.clock import LOCAL, utcnow
from schedules.core.database import Database, Watch
from schedules.core.settings import Settings, load
from schedules.models import Zone
from schedules.operations import all_zones

log = logging.getLogger(__name__)

TURN_SECONDS = 0.02
BEAT_SECONDS = 5
INTAKE_SECONDS = 5
SWITCH_SECONDS = 0.001  # twenty players share the interpreter: none may hold it long

SinkFactory = Callable[[Zone], Sink]


class Daemon:
    def __init__(self, settings: Settings, database: Database, make: SinkFactory | None = None) -> None:
        self.settings = settings
        self.database = database
        self.studio = Studio(settings)
        self.worker = Worker(settings)
        self.started_at = utcnow()
        self._wake = threading.Event()
        self._prepare = threading.Event()
        self._stopping = threading.Event()
        self._schedules_seen = -1
        self.players = self._players(make or self._sink_of)
        self.dispatcher = Dispatcher(database, self.players, self.studio.cache.get)
        self.intake = Intake(self.studio)
        ahead = timedelta(hours=settings.get(names.AHEAD_HOURS))
        self.preparation = Preparation(database, self.studio, self.worker.render, ahead)
        self.scheduler = self._scheduler()

    def _sink_of(self, zone: Zone) -> Sink:
        name = zone.sink or self.settings.get(names.SINK) or default_sink_name()
        return make_sink(name, zone.key, self.settings.home)

    def _players(self, make: SinkFactory) -> dict[str, Player]:
        players = {}
        with self.database.write() as session:
            for zone in all_zones(session):
                player = Player(zone.key, make(zone))
                player.on_event = self._wake.set
                players[zone.id] = player
                session.merge(
                    ZoneStatus(zone_id=zone.id, sink=player.sink.describe(), fault="", changed_at=utcnow())
                )
        return players

    def _scheduler(self) -> BackgroundScheduler:
        """Work that may be late, but not twice: ``coalesce`` makes one of many missed runs. The database is the truth."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
        executors = {"default": ThreadPoolExecutor(2)}
        scheduler = BackgroundScheduler(timezone=LOCAL, job_defaults=options, executors=executors)
        scheduler.add_job(self.plan, "cron", id="plan", hour="*", minute=1)
        scheduler.add_job(self.take_in, "interval", id="intake", seconds=INTAKE_SECONDS)
        scheduler.add_job(self.beat, "interval", id="beat", seconds=BEAT_SECONDS)
        return scheduler

    # The work that is woken

    def plan(self, now: datetime | None = None) -> None:
        """Plan from the day we last lived to tomorrow, then take in what is near."""
        now = now or utcnow()
        with self.database.write() as session:
            self._schedules_seen = changes.number(session, changes.SCHEDULES)
            days = planning.days_to_plan(planning.last_alive(session), now)
            counts = planning.plan(session, days, now)
        if counts.added or counts.changed or counts.removed:
            log.info("Plan: %d new, %d changed, %d removed.", counts.added, counts.changed, counts.removed)
        self.dispatcher.load_zones()
        self.take_in(now)

    def take_in(self, now: datetime | None = None) -> None:
        with self.database.write() as session:
            taken = self.intake.step(session, now or utcnow())
        if taken:
            self._prepare.set()

    def beat(self) -> None:
        with self.database.write() as session:
            planning.beat(session, os.getpid(), self.started_at, utcnow())

    def notice_changes(self) -> None:
        """Somebody committed: there may be sounds to make, and the schedules may have changed."""
        self._prepare.set()
        with self.database.read() as session:
            changed = changes.number(session, changes.SCHEDULES) != self._schedules_seen
        if changed and self.scheduler.running:
            self.scheduler.modify_job("plan", next_run_time=datetime.now(LOCAL))

    # Running

    def run(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        recovered = self.dispatcher.recover(utcnow())
        if recovered:
            log.info("%d announcements were interrupted when we last ended; they wait again.", recovered)
        self.plan()
        self.beat()
        for player in self.players.values():
            player.run_in_thread()
        threading.Thread(target=self._preparing, name="preparation", daemon=True).start()
        self.scheduler.start()
        log.info("On air: %s.", ", ".join(player.zone for player in self.players.values()) or "no zones yet")
        try:
            self._dispatching()
        finally:
            self.close()

    def _dispatching(self) -> None:
        watch = Watch(self.database)
        while not self._stopping.is_set():
            now = utcnow()
            changed = watch.changed()
            if changed or self.dispatcher.due(now):
                self.dispatcher.step(now)
            if changed:
                self.notice_changes()
            self._wake.wait(TURN_SECONDS)
            self._wake.clear()
        watch.close()

    def _preparing(self) -> None:
        while not self._stopping.is_set():
            self._prepare.clear()
            try:
                busy = self.preparation.step(utcnow())
            except Exception:
                log.exception("Preparation stumbled; it goes on.")
                busy = False
                time.sleep(1)
            if not busy:
                self._prepare.wait(INTAKE_SECONDS)

    def stop(self, *_: int | FrameType | None) -> None:
        self._stopping.set()
        self._prepare.set()

    def close(self) -> None:
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
        self.dispatcher.close()
        self.worker.close()
        self.studio.close()
        self.database.close()


def main(home: str) -> None:
    logs.set_up("announcer")
    settings = load(Path(home))
    database = Database.of_home(settings.home)
    database.migrate()
    daemon = Daemon(settings, database)
    signal.signal(signal.SIGTERM, daemon.stop)
    signal.signal(signal.SIGINT, daemon.stop)
    daemon.run()


if __name__ == "__main__":
    main(sys.argv[1])
