"""``loaga up``: three processes, the announcer, the web server and the watch, and each is started again if it dies.

They meet only in the database. This process does nothing else, so that it has nothing to die of.
"""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from schedules.core import logs

log = logging.getLogger(__name__)

PROCESSES = {"announcer": "announcer.daemon", "web": "kiosk.app", "watch": "kiosk.health.watch"}
LOOK_SECONDS = 0.2
STEADY_SECONDS = 30.0  # one that lived this long is started again at once
LONGEST_PAUSE = 15.0
PR_SET_PDEATHSIG = 1
END_SECONDS = 10.0


@dataclass
class Process:
    """One of ours: what it runs, and how often in a row it died young."""

    name: str
    command: list[str]
    popen: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def step(self, now: float) -> bool:
        """Start it if it is due, notice if it died; tells whether anything happened."""
        if self.popen is None:
            return now >= self.start_at and self._start(now)
        if self.popen.poll() is None:
            return False
        young = now - self.started < STEADY_SECONDS
        self.failures = self.failures + 1 if young else 0
        self.start_at = now + (min(LONGEST_PAUSE, 0.5 * 2 ** min(self.failures, 6)) if young else 0.0)
        log.warning("The %s ended (status %s); it is started again.", self.name, self.popen.returncode)
        self.popen = None
        return True

    def _start(self, now: float) -> bool:
        try:
            self.popen, self.started = subprocess.Popen(self.command, preexec_fn=_die_with_parent), now
        except OSError as error:
            log.warning("The %s cannot be started: %s", self.name, error)
            self.start_at = now + LONGEST_PAUSE
        return True

    def end(self) -> None:
        if self.popen is None or self.popen.poll() is not None:
            return
        self.popen.terminate()
        try:
            self.popen.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()


def _die_with_parent() -> None:
    """Let the kernel end a child whose supervisor was killed: nobody would look after it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    def __init__(self, home: Path) -> None:
        self.processes = [
            Process(name, [sys.executable, "-m", module, str(home)]) for name, module in PROCESSES.items()
        ]
        self._stopping = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        try:
            while not self._stopping:
                for process in self.processes:
                    process.step(time.monotonic())
                time.sleep(LOOK_SECONDS)
        finally:
            for process in reversed(self.processes):
                process.end()

    def stop(self, *_: int | FrameType | None) -> None:
        self._stopping = True


if __name__ == "__main__":
    logs.set_up("up")
    Supervisor(Path(sys.argv[1])).run()
