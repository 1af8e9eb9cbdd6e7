"""What a station's processes take of memory while it prepares announcements in Vietnamese and English.

    python -m benchmarks.memory --seconds 120

A new home with the demo stations is brought up, silent, on the default voices and with read-back, and looked at five times a second. Pages that
processes share are counted once (PSS). Printed, in MB: the most that all took together, the most of all but those of English and
of read-back, which a station may do without, and the most of each process. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.figures import show
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.home import seed

LOOK_EVERY_SECONDS = 0.2
# What a process's command line says, and what it is.
PROCESSES = {
    "kiosk.supervisor": "supervisor",
    "kiosk.app": "web server",
    "announcer.daemon": "announcer",
    "announcer.worker": "preparation worker",
    "announcer.voices.hanoi.child": "hanoi",
    "announcer.voices.piper_child": "Piper (English)",
    "announcer.voices.espeak_child": "espeak (English)",
    "announcer.recognisers.viet_asr_child": "recogniser",
}
OPTIONAL = ("Piper (English)", "espeak (English)", "recogniser")
ENVIRONMENT = {"LOAGA_AUDIO_SINK": "silent", "LOAGA_WEB_PORT": "0"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120.0)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        database = Database.of_home(Path(home))
        database.migrate()
        seed(database, utcnow())
        database.close()
        command = [sys.executable, "-m", "kiosk.supervisor", home]
        up = subprocess.Popen(command, env={**os.environ, **ENVIRONMENT}, stderr=subprocess.DEVNULL)
        try:
            looks = list(watched(psutil.Process(up.pid), wish.seconds))
        finally:
            up.terminate()
            up.wait(30)
    show({"most_mb": most(looks)})


def watched(supervisor: psutil.Process, seconds: float) -> Iterator[dict[str, float]]:
    """MB of each kind of process, again and again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, float] = defaultdict(float)
        for process in [supervisor, *supervisor.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                found[kind(process.cmdline())] += process.memory_full_info().pss / 1e6
        yield found
        time.sleep(LOOK_EVERY_SECONDS)


def kind(command: list[str]) -> str:
    return next((name for module, name in PROCESSES.items() if module in command), "other")


def most(looks: list[dict[str, float]]) -> dict[str, int]:
    needed = [sum(mb for name, mb in look.items() if name not in OPTIONAL) for look in looks]
    each = {
        name: max(look.get(name, 0.0) for look in looks) for name in {name for look in looks for name in look}
    }
    together = max(sum(look.values()) for look in looks)
    figures = {
        "together": together,
        "without English and read-back": max(needed),
        **dict(sorted(each.items())),
    }
    return {name: round(mb) for name, mb in figures.items()}


if __name__ == "__main__":
    main()
