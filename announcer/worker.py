"""The preparation worker: a helper process that renders one script per line.

``python -m announcer.worker HOME`` reads jobs from stdin and answers on stdout, as every helper of the house does.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from announcer.rendering import Rendered, render
from announcer.room import room_of
from announcer.script import Script
from announcer.voices.child import Child, helper
from announcer.voices.serving import Job, Reply, serve
from schedules.core.settings import Settings, load

IDLE_SECONDS = 120.0  # after that it goes, and its 120 MB with it
SECONDS = 180.0  # the longest one job may take: a long announcement by two voices, each listened to


class Worker:
    """The daemon's end: ask for a sound and wait for it. Raises VoiceError and VoiceTimeout."""

    def __init__(self, settings: Settings) -> None:
        self._child = Child(
            "The preparation worker", [*helper("announcer.worker"), str(settings.home)], keep=True
        )

    def render(self, script: Script, key: str, listen: bool = True) -> Rendered:
        reply = self._child.ask({"script": script.to_data(), "key": key, "listen": listen}, SECONDS)
        return Rendered(**reply["rendered"])

    @property
    def pid(self) -> int | None:
        return self._child.pid

    def close(self) -> None:
        self._child.close()


def main(home: str) -> None:
    room = room_of(load(Path(home)))

    def answer(job: Job) -> Reply:
        return {"rendered": asdict(render(room, Script.from_data(job["script"]), job["key"], job["listen"]))}

    try:
        serve(answer, IDLE_SECONDS)
    finally:
        room.close()


if __name__ == "__main__":
    main(sys.argv[1])
