"""Sound in memory: one channel of float samples in −1…1 with its sample rate.

The house rate is 48 kHz: what sound cards, Snapcast and AES67 loudspeakers take without conversion. Playout works in
blocks of 20 ms, the longest delay an interruption may wait for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK_SECONDS = 0.02
BLOCK = int(RATE * BLOCK_SECONDS)
FULL_SCALE = 32767

Samples = NDArray[np.float32]
Block = NDArray[np.int16]


@dataclass(frozen=True)
class Pcm:
    """Mono sound: ``samples`` has shape (n,), float32, full scale ±1.0; ``rate`` is in Hz."""

    samples: Samples
    rate: int = RATE

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    def int16(self) -> Block:
        """The samples as 16-bit integers, rounded and held within full scale."""
        return np.rint(np.clip(self.samples, -1.0, 1.0) * FULL_SCALE).astype(np.int16)


def from_int16(values: Block, rate: int = RATE) -> Pcm:
    return Pcm(values.astype(np.float32) / np.float32(FULL_SCALE), rate)


def silence(seconds: float, rate: int = RATE) -> Pcm:
    return Pcm(np.zeros(round(seconds * rate), dtype=np.float32), rate)
