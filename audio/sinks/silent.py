"""A sink that is heard by nobody: for tests, for simulation, and for a zone without loudspeakers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from audio.errors import SinkError
from audio.pcm import Block
from audio.sinks.base import Label, Sink, check_block

REMEMBERED = 10_000


@dataclass
class Heard:
    """What would have sounded: ``complete`` is None while it goes on."""

    label: Label
    blocks: int = 0
    complete: bool | None = None


class SilentSink(Sink):
    """Counts blocks and remembers labels, the newest ``REMEMBERED`` of them."""

    name = "silent"

    def __init__(self) -> None:
        self.heard: deque[Heard] = deque(maxlen=REMEMBERED)
        self.blocks = 0
        self._now: Heard | None = None

    def describe(self) -> str:
        return "nowhere: the sound is discarded"

    def begin(self, label: Label) -> None:
        self.end(False)
        self._now = Heard(label)
        self.heard.append(self._now)

    def write(self, block: Block) -> None:
        if self._now is None:
            raise SinkError("Nothing has begun.")
        check_block(block)
        self._now.blocks += 1
        self.blocks += 1

    def end(self, complete: bool) -> None:
        if self._now is not None:
            self._now.complete = complete
        self._now = None

    def close(self) -> None:
        self.end(False)
