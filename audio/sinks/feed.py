"""Between the player's thread and the sound card's: a few blocks in line, never more.

A short line keeps an interruption short; a bounded one lets the card's clock pace the player.
"""

from __future__ import annotations

from collections import deque
from threading import Condition
from time import monotonic

from audio.errors import SinkLost
from audio.pcm import Block

BLOCKS_IN_LINE = 3
BYTES_PER_SAMPLE = 2


class Feed:
    """``put`` waits for room; ``pull`` is called by the sound card's thread and never waits for sound."""

    def __init__(self) -> None:
        self.underruns = (
            0  # how often the card wanted sound in the middle of an announcement and there was none
        )
        self._line: deque[memoryview] = deque()
        self._changed = Condition()
        self._speaking = False
        self._lost: str | None = None

    def put(self, block: Block, timeout: float) -> None:
        """Raises SinkLost when the card takes nothing for ``timeout`` seconds, or is known to be gone."""
        with self._changed:
            self._wait_until_at_most(BLOCKS_IN_LINE - 1, timeout)
            self._line.append(memoryview(block.astype("<i2").tobytes()))
            self._speaking = True

    def drain(self, timeout: float) -> None:
        """Wait until the card has taken everything. Raises SinkLost as ``put`` does."""
        with self._changed:
            self._speaking = False
            self._wait_until_at_most(0, timeout)

    def pull(self, frames: int) -> bytes:
        """The next ``frames`` samples as bytes, silence where there are none."""
        wanted = frames * BYTES_PER_SAMPLE
        parts: list[memoryview] = []
        with self._changed:
            while wanted and self._line:
                part, rest = self._line[0][:wanted], self._line[0][wanted:]
                parts.append(part)
                wanted -= len(part)
                if rest:
                    self._line[0] = rest
                else:
                    self._line.popleft()
            self.underruns += bool(wanted and self._speaking)
            self._changed.notify_all()
        return b"".join(parts) + bytes(wanted)

    def lose(self, reason: str) -> None:
        """The card is gone; whoever waits shall know at once. The first reason stays."""
        with self._changed:
            self._lost = self._lost or reason
            self._changed.notify_all()

    @property
    def lost(self) -> str | None:
        return self._lost

    def _wait_until_at_most(self, blocks: int, timeout: float) -> None:
        until = monotonic() + timeout
        while len(self._line) > blocks and self._lost is None:
            left = until - monotonic()
            if left <= 0:
                self._lost = f"it took no sound for {timeout:g} s"
            else:
                self._changed.wait(left)
        if self._lost is not None:
            raise SinkLost(f"The sound card is lost: {self._lost}.")
