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
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from announcer import paging, planning
from announcer import settings as names
from announcer.locking import alone
from announcer.loudspeakers import Loudspeakers, SinkMaker, sink_maker
from announcer.player import Player
from announcer.playout import Dispatcher
from announcer.preparation import Preparation
from announcer.queue import Intake, take_back, withdraw
from announcer.shelf import Shelf
from announcer.studio import Studio
from announcer.worker import Worker
from audio.errors import AudioError
from schedules.core import changes, logs
from schedules.core.clock import LOCAL, utcnow
from schedules.core.database import Database, Watch
from schedules.core.errors import LoagaError
from schedules.core.loops import going_on
from schedules.core.settings import Settings, load

log = logging.getLogger(__name__)

TURN_SECONDS = 0.01
BEAT_SECONDS = 5
INTAKE_SECONDS = 5
ALIVE_SECONDS = 15.0  # a dispatcher that has not turned for this long is not alive
JUMP_SECONDS = 2.0
SWITCH_SECONDS = 0.001  # twenty players share the interpreter: none may hold it long


class Daemon:
    def __init__(self, settings: Settings, database: Database, make: SinkMaker | None = None) -> None:
        self.settings = settings
        self.database = database
        self.studio = Studio(settings, forgiving=True)
        self.worker = Worker(settings)
        self.started_at = utcnow()
        self._wake = threading.Event()
        self._prepare = threading.Event()
        self._stopping = False
        self._players: dict[
            str, tuple[Player, str]
        ] = {}  # by zone id, with the sink's name in the zone's settings
        self._schedules_seen = -1
        self._changed = False
        self._turned_at = time.monotonic()
        self._clocks = _Clocks()
        with database.read() as session:
            self._back_to = planning.last_alive(session)
        self.dispatcher = Dispatcher(database, Shelf(self._sound_file, self.studio.cache.remove))
        self.loudspeakers = Loudspeakers(
            database, self.dispatcher, make or sink_maker(settings), self._wake.set
        )
        self.intake = Intake(self.studio)
        ahead = timedelta(hours=settings.get(names.AHEAD_HOURS))
        self.preparation = Preparation(database, self.studio, self.worker.render, ahead)
        self.scheduler = self._scheduler()

    def _scheduler(self) -> BackgroundScheduler:
        """Work that may be late, but not twice: ``coalesce`` makes one of many missed runs. The database is the truth."""
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
        executors = {"default": ThreadPoolExecutor(3)}
        scheduler = BackgroundScheduler(timezone=LOCAL, job_defaults=options, executors=executors)
        scheduler.add_job(self.plan, "cron", id="plan", hour="*", minute=1, next_run_time=datetime.now(LOCAL))
        scheduler.add_job(self.take_in, "interval", id="intake", seconds=INTAKE_SECONDS)
        scheduler.add_job(
            self.beat, "interval", id="beat", seconds=BEAT_SECONDS, next_run_time=datetime.now(LOCAL)
        )
        return scheduler

    def _sound_file(self, key: str) -> Path | None:
        return paging.file_of(self.settings.home, key) or self.studio.cache.get(key)

    # The work that is woken

    def plan(self) -> None:
        """Plan from the day we last lived to tomorrow, then take in what is near."""
        now = utcnow()
        with self.database.write() as session:
            number = changes.number(session, changes.SCHEDULES)
            if number != self._schedules_seen:
                take_back(session, now)
            self._schedules_seen = number
        self.loudspeakers.open_zones()
        counts = planning.plan(self.database, now, self._back_to)
        self._back_to = now
        if counts.added or counts.changed or counts.removed:
            log.info("Plan: %d new, %d changed, %d removed.", counts.added, counts.changed, counts.removed)
        with self.database.write() as session:
            withdraw(session)
        self.take_in()
        self.preparation.look_again()
        self._prepare.set()

    def take_in(self) -> None:
        """Away with what was spoken live, and into the queue with what is near, batch by batch, so that nobody waits long for the write lock."""
        paging.tidy(self.settings.home, utcnow())
        if self.studio.refresh():
            self.preparation.look_again()
        taken = True
        while taken and not self._stopping:
            with self.database.write() as session:
                taken = self.intake.step(session, utcnow())
            if taken:
                self._prepare.set()

    def beat(self) -> None:
        """Say that we live: only if the dispatcher does, for it is what must not stand still."""
        if time.monotonic() - self._turned_at < ALIVE_SECONDS:
            with self.database.write() as session:
                planning.beat(session, os.getpid(), self.started_at, utcnow())

    def notice_changes(self) -> None:
        """Somebody committed: there may be sounds to make, and the schedules may have changed."""
        self._prepare.set()
        with self.database.read() as session:
            changed = changes.number(session, changes.SCHEDULES) != self._schedules_seen
        if changed and self.scheduler.running:
            self._run_now("plan")

    def _run_now(self, *jobs: str) -> None:
        for job in jobs:
            self.scheduler.modify_job(job, next_run_time=datetime.now(LOCAL))

    # Running

    def run(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self.loudspeakers.open_zones()
        recovered = self.dispatcher.recover(utcnow())
        if recovered:
            log.info("%d announcements were interrupted when we last ended; they wait again.", recovered)
        threading.Thread(target=self._preparing, name="preparation", daemon=True).start()
        self.scheduler.start()
        try:
            self._dispatching()
        finally:
            self.close()

    def _dispatching(self) -> None:
        watch = Watch(self.database)
        while not self._stopping:
            with going_on("The dispatcher"):
                self._turn(watch)
            self._wake.wait(TURN_SECONDS)
            self._wake.clear()
        self._prepare.set()
        watch.close()

    def _turn(self, watch: Watch) -> None:
        now = utcnow()
        if self._clocks.jumped():
            log.warning("The clock was set; everything is looked at again.")
            self._changed = True
            self._run_now("plan", "intake", "beat")
        self._changed |= watch.changed()  # kept until a turn has succeeded
        if self._changed or self.dispatcher.due(now):
            self.dispatcher.step(now)
        if self._changed:
            self.notice_changes()
        self._changed = False
        self._turned_at = time.monotonic()
        if stuck := self.dispatcher.take_stuck():
            self.loudspeakers.replace(stuck)

    def _preparing(self) -> None:
        while not self._stopping:
            self._prepare.clear()
            busy = False
            with going_on("Preparation"):
                busy = self.preparation.step(utcnow())
            if not busy:
                self._prepare.wait(INTAKE_SECONDS)

    def stop(self, *_: int | FrameType | None) -> None:
        """Takes no lock: a signal comes in the midst of anything, and may find the lock of an event taken by what it interrupted."""
        self._stopping = True

    def close(self) -> None:
        self.dispatcher.close()
        self.worker.close()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
        self.studio.close()
        self.database.close()


class _Clocks:
    """Wall clock against monotonic clock: tells whether somebody set the first."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def jumped(self) -> bool:
        offset = time.time() - time.monotonic()
        jumped, self._offset = abs(offset - self._offset) > JUMP_SECONDS, offset
        return jumped


def main(home: str) -> int:
    logs.set_up("announcer")
    try:
        settings = load(Path(home))
        with alone(settings.home, "announcer"):
            database = Database.of_home(settings.home)
            database.migrate()
            daemon = Daemon(settings, database)
            signal.signal(signal.SIGTERM, daemon.stop)
            signal.signal(signal.SIGINT, daemon.stop)
            daemon.run()
    except (LoagaError, AudioError) as error:
        log.error("%s %s", error, getattr(error, "hint", ""))  # noqa: TRY400  (a sentence, not a traceback)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
