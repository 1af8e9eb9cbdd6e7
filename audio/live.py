"""A sound that somebody is still speaking: a file of raw samples (16 bit, little endian, mono, 48 kHz) that grows while it is played.

Whoever writes it appends, and makes an empty file ``….end`` beside it when nothing more comes. Whoever plays it asks for
blocks at their moments and always gets one: what has not come yet is silence, and what came too late is left out, so
that the loudspeaker never falls far behind the mouth.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from audio.pcm import BLOCK, BLOCK_SECONDS, FULL_SCALE, RATE, Block

SUFFIX = ".live"
BYTES = 2  # a sample
BUFFER_SECONDS = 0.2  # gathered before the first block, and again after the network stuttered
MOST_BEHIND_SECONDS = 0.6
PATIENCE_SECONDS = 2.0  # without anything new: then the speaker is gone

LOUD, QUIET = 0.12, 0.003  # root mean squares: what speech is brought to, and what is no speech
MOST_GAIN, LEAST_GAIN = 10.0, 0.15
UP, DOWN = 0.02, 0.2  # of the way, per block, towards the gain that is wanted
CEILING = 0.89  # -1 dBFS


class LiveSound:
    """``before`` is what sounds first, the chime. ``blocks`` is how many there are at most until the end is known; then
    ``last_blocks`` of silence follow, so that whoever plays it can announce the end before it comes.
    """

    def __init__(self, path: Path, before: Block, longest_seconds: float, last_blocks: int = 0) -> None:
        self._path = path
        self._before = before
        self._first = -(-len(before) // BLOCK)
        self._read = 0  # samples of the file that were played or left out
        self._gathering = True
        self._idle = 0  # blocks in a row for which there was nothing
        self._leveller = Leveller()
        self._last_blocks = last_blocks
        self.blocks = self._first + round(longest_seconds / BLOCK_SECONDS)

    def piece(self, index: int) -> Block:
        """Block ``index``; to be asked for in their order, each once. The last one of the chime may be short."""
        if index < self._first:
            return np.asarray(self._before[index * BLOCK : (index + 1) * BLOCK])
        samples = self._next()
        if not len(samples):
            self._idle += 1
            if self._over():
                self.blocks = min(self.blocks, index + 1 + self._last_blocks)
        else:
            self._idle = 0
        return self._leveller(samples)

    def _next(self) -> Block:
        """What is to be played now; empty if it has not come."""
        there = self._there()
        behind = there - self._read
        ended = self._ended()
        if behind > MOST_BEHIND_SECONDS * RATE and not ended:
            self._read = there - round(BUFFER_SECONDS * RATE)
        self._gathering = self._gathering and behind < BUFFER_SECONDS * RATE and not ended
        if self._gathering or (behind < BLOCK and not ended):
            self._gathering = True
            return np.zeros(0, np.int16)
        return self._take()

    def _take(self) -> Block:
        with self._path.open("rb") as file:
            file.seek(self._read * BYTES)
            data = file.read(BLOCK * BYTES)
        self._read += len(data) // BYTES
        return np.frombuffer(data[: len(data) // BYTES * BYTES], "<i2")

    def _there(self) -> int:
        try:
            return self._path.stat().st_size // BYTES
        except FileNotFoundError:
            return 0

    def _ended(self) -> bool:
        return end_of(self._path).exists()

    def _over(self) -> bool:
        return self._ended() or self._idle * BLOCK_SECONDS >= PATIENCE_SECONDS


class Leveller:
    """Brings a voice to one loudness block by block, without looking ahead, and never beyond the ceiling."""

    def __init__(self) -> None:
        self._gain = 1.0
        self._applied = 1.0

    def __call__(self, samples: Block) -> Block:
        """At most a block in, a block out; what is missing at its end is silence."""
        loud = np.zeros(BLOCK, np.float32)
        loud[: len(samples)] = samples.astype(np.float32) / FULL_SCALE
        level = float(np.sqrt(np.mean(np.square(loud))))
        if level > QUIET:
            wanted = min(max(LOUD / level, LEAST_GAIN), MOST_GAIN)
            self._gain += (wanted - self._gain) * (DOWN if wanted < self._gain else UP)
        peak = float(np.max(np.abs(loud)))
        now = min(self._gain, CEILING / peak) if peak else self._gain
        # From the last block's gain to this one's, so that nothing clicks; a peak that would go over is met at once.
        ramp = np.linspace(min(self._applied, CEILING / peak) if peak else self._applied, now, BLOCK)
        self._applied = now
        return np.rint(loud * ramp * FULL_SCALE).astype(np.int16)


def end_of(path: Path) -> Path:
    """The file that says that ``path`` grows no more."""
    return path.with_suffix(".end")
