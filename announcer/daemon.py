"""The announcer's process: start-up reads top to bottom, shutdown is its mirror image.

The main thread runs the dispatcher's turns, every 10 ms at the least; each zone has a player thread; one thread prepares
sounds; APScheduler wakes planning, intake and the heartbeat. All of them are loops around a ``step`` that tests call.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from announcer import planning
from announcer import settings as names
from announcer.locking import alone
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

TURN_SECONDS = 0.01
BEAT_SECONDS = 5
INTAKE_SECONDS = 5
STUMBLE_SECONDS = 0.5
SWITCH_SECONDS = 0.001  # twenty players share the interpreter: none may hold it long

SinkFactory = Callable[[Zone], Sink]


class Daemon:
    def __init__(self, settings: Settings, database: Database, make: SinkFactory | None = None) -> None:
        self.settings = settings
        self.database = database
        self.studio = Studio(settings)
        self.worker = Worker(settings)
        self.started_at = utcnow()
        self._make_sink = make or self._sink_of
        self._wake = threading.Event()
        self._prepare = threading.Event()
        self._stopping = threading.Event()
        self._schedules_seen = -1
        self.dispatcher = Dispatcher(database, self.studio.cache.get)
        self.intake = Intake(self.studio)
        ahead = timedelta(hours=settings.get(names.AHEAD_HOURS))
        self.preparation = Preparation(database, self.studio, self.worker.render, ahead)
        self.scheduler = self._scheduler()

    def _sink_of(self, zone: Zone) -> Sink:
        name = zone.sink or self.settings.get(names.SINK) or default_sink_name()
        return make_sink(name, zone.key, self.settings.home)

    def open_zones(self) -> None:
        """A player for every zone that has none yet: all of them at the start, and those that an import brings later."""
        with self.database.read() as session:
            new = [zone for zone in all_zones(session) if not self.dispatcher.serves(zone.id)]
        for zone in new:
            player = self._player(zone)
            with self.database.write() as session:
                sink = player.sink.describe()
                session.merge(ZoneStatus(zone_id=zone.id, sink=sink, fault="", changed_at=utcnow()))
            self.dispatcher.add_channel(zone.id, player)
            player.run_in_thread()
        self.dispatcher.zones_changed()
        if new:
            log.info("On air: %s.", ", ".join(zone.key for zone in new))

    def _player(self, zone: Zone) -> Player:
        player = Player(zone.key, self._make_sink(zone))
        player.on_event = self._wake.set
        return player

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
        with self.database.read() as session:
            self._schedules_seen = changes.number(session, changes.SCHEDULES)
            days = planning.days_to_plan(planning.last_alive(session), now)
        counts = planning.plan(self.database, days, now)
        if counts.added or counts.changed or counts.removed:
            log.info("Plan: %d new, %d changed, %d removed.", counts.added, counts.changed, counts.removed)
        self.open_zones()
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
        self.open_zones()
        recovered = self.dispatcher.recover(utcnow())
        if recovered:
            log.info("%d announcements were interrupted when we last ended; they wait again.", recovered)
        self.plan()
        self.beat()
        threading.Thread(target=self._preparing, name="preparation", daemon=True).start()
        self.scheduler.start()
        try:
            self._dispatching()
        finally:
            self.close()

    def _dispatching(self) -> None:
        watch = Watch(self.database)
        while not self._stopping.is_set():
            with _going_on("The dispatcher"):
                self._turn(watch)
            self._wake.wait(TURN_SECONDS)
            self._wake.clear()
        watch.close()

    def _turn(self, watch: Watch) -> None:
        now = utcnow()
        changed = watch.changed()
        if changed or self.dispatcher.due(now):
            self.dispatcher.step(now)
        if changed:
            self.notice_changes()

    def _preparing(self) -> None:
        while not self._stopping.is_set():
            self._prepare.clear()
            busy = False
            with _going_on("Preparation"):
                busy = self.preparation.step(utcnow())
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


@contextmanager
def _going_on(who: str) -> Iterator[None]:
    """A loop that must not end: what goes wrong in one turn is logged, and the next turn tries again a little later."""
    try:
        yield
    except Exception:
        log.exception("%s stumbled and goes on.", who)
        time.sleep(STUMBLE_SECONDS)


def main(home: str) -> None:
    logs.set_up("announcer")
    settings = load(Path(home))
    database = Database.of_home(settings.home)
    database.migrate()
    with alone(settings.home, "announcer"):
        daemon = Daemon(settings, database)
        signal.signal(signal.SIGTERM, daemon.stop)
        signal.signal(signal.SIGINT, daemon.stop)
        daemon.run()


if __name__ == "__main__":
    main(sys.argv[1])
