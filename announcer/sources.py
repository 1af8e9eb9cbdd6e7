"""Where a player gets its blocks from: a finished sound, or a voice that is still speaking."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from announcer.channel import HELD_BLOCKS, Play
from audio.chimes import chime
from audio.live import SUFFIX, LiveSound
from audio.mixing import PAUSES
from audio.pcm import BLOCK, RATE, Block
from audio.wav import open_blocks

LIVE_CHIME = "standard"


class Source(Protocol):
    @property
    def blocks(self) -> int:
        """How many there are; of what is not over yet, how many there are at most."""

    def piece(self, index: int) -> Block:
        """Block ``index``, asked for in their order; the last one may be short."""


class FinishedSound:
    def __init__(self, path: Path) -> None:
        self._samples = open_blocks(path)
        self.blocks = -(-len(self._samples) // BLOCK)

    def piece(self, index: int) -> Block:
        return self._samples[index * BLOCK : (index + 1) * BLOCK]


def open_source(play: Play) -> Source:
    """Raises DecodeError for a finished sound that cannot be played."""
    if play.sound.suffix != SUFFIX:
        return FinishedSound(play.sound)
    before = before_live()
    return LiveSound(play.sound, before, play.seconds - len(before) / RATE, HELD_BLOCKS)


@cache
def before_live() -> Block:
    """The chime and the pause after it, before somebody speaks."""
    pause = np.zeros(round(PAUSES.after_chime * RATE), np.int16)
    return np.concatenate([chime(LIVE_CHIME), pause])
