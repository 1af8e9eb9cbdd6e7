"""The process that watches: every few seconds all checks, faults on record, and who must know is told; every hour what travellers left
and nobody needs any more is erased.

It is no part of the web server or the announcer, so that it can tell of either; ``loaga up`` starts it, too.
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

from announcer.locking import alone
from announcer.models import Heartbeat
from announcer.studio import Studio
from kiosk.feedback import retention, spoken
from kiosk.feedback.retention import Kept
from kiosk.health.channels import Channel, channels
from kiosk.health.checks import WATCH, Look, findings
from kiosk.health.faults import Faults
from kiosk.health.outbox import give_up_other_channels, send_due
from schedules.core import logs
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.errors import LoagaError
from schedules.core.loops import going_on
from schedules.core.settings import Settings, load

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
HEAR_SECONDS = 0.5
LET_GO = timedelta(minutes=2)
BEAT_EVERY = timedelta(seconds=15)
TICK_SECONDS = 0.1  # how soon it notices that it is to end
SETTLE_SECONDS = 25.0  # until the others are up: before that they would all be missed


class Watch:
    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database
        self.studio = Studio(settings, forgiving=True)
        self.channels = channels(settings)
        self.faults = Faults([channel.name for channel in self.channels])
        self.started_at = utcnow()
        self.kept = Kept.of(settings)
        self._beat_at: datetime | None = None
        self._tidied_at: datetime | None = None
        self._stopping = threading.Event()
        self._leaving = False
        self._told = {channel.name: threading.Event() for channel in self.channels}

    def step(self, now: datetime) -> int:
        """One look; returns how many faults began, got worse or ended. Writes only if there is something to write."""
        voices = self.studio.speakers("vi")
        with self.database.read() as session:
            found = findings(Look(session, self.settings.home, now, voices))
            changes = self.faults.changes(session, found, now)
        beats = self._beat_at is None or now - self._beat_at >= BEAT_EVERY
        if changes or beats:
            with self.database.write() as session:
                self.faults.record(session, changes, now)
                session.merge(Heartbeat(name=WATCH, pid=os.getpid(), started_at=self.started_at, beat_at=now))
            self._beat_at = now
        if changes:
            for event in self._told.values():
                event.set()
        return len(changes)

    def tidy(self, now: datetime) -> bool:
        """Every hour: what travellers left and is no longer needed goes."""
        if self._tidied_at and now - self._tidied_at < retention.EVERY:
            return False
        self._tidied_at = now
        retention.tidy(self.database, self.kept, now)
        return True

    def run(self) -> None:
        with self.database.write() as session:
            give_up_other_channels(session, self._told, utcnow())
        threading.Thread(target=self._hearing, name="hearing", daemon=True).start()
        for channel in self.channels:
            threading.Thread(target=self._sending, args=(channel,), name=channel.name, daemon=True).start()
        self._rest(SETTLE_SECONDS)
        while self._rest(LOOK_SECONDS):
            with going_on("The watch"):  # while it stumbles its heartbeat stands still, and Sức khỏe says so
                self.step(utcnow())
            with going_on("Erasing old feedback"):
                self.tidy(utcnow())
        self._stopping.set()
        for event in self._told.values():
            event.set()

    def _rest(self, seconds: float) -> bool:
        """For so long, or until the watch is to end; whether it goes on."""
        over = time.monotonic() + seconds
        while not self._leaving and time.monotonic() < over:
            time.sleep(TICK_SECONDS)
        return not self._leaving

    def _hearing(self) -> None:
        """What travellers say into a microphone is written down while they stand there. The recogniser is let go when nobody speaks."""
        ears, heard_at = self.studio.room.ears, utcnow()
        while not self._stopping.wait(HEAR_SECONDS):
            with going_on("Writing down what travellers say"):
                if spoken.hear_next(self.database, ears, utcnow()):
                    heard_at = utcnow()
                elif utcnow() - heard_at > LET_GO:
                    ears.close()
                    heard_at = utcnow()

    def _sending(self, channel: Channel) -> None:
        """Each channel has its own thread: a mail server that does not answer keeps no webhook waiting."""
        told = self._told[channel.name]
        while not self._stopping.is_set():
            told.clear()
            due: datetime | None = utcnow() + timedelta(seconds=LOOK_SECONDS)  # if the outbox cannot be read
            with going_on(f"The outbox of {channel.name}"):
                due = send_due(self.database, channel, utcnow())
            told.wait(max(1.0, (due - utcnow()).total_seconds()) if due else None)

    def stop(self, *_: int | FrameType | None) -> None:
        """Takes no lock: a signal comes in the midst of anything, and may find the lock of an event taken by what it interrupted."""
        self._leaving = True


def main(home: str) -> int:
    logs.set_up("watch")
    try:
        settings = load(Path(home))
        with alone(settings.home, "watch"):
            database = Database.of_home(settings.home)
            database.migrate()
            watch = Watch(settings, database)
            signal.signal(signal.SIGTERM, watch.stop)
            signal.signal(signal.SIGINT, watch.stop)
            watch.run()
            database.close()
    except LoagaError as error:
        log.error("%s %s", error, error.hint)  # noqa: TRY400  (a sentence, not a traceback)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
