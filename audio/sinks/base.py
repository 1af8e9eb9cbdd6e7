"""The contract of a sink: where the sound of one zone goes.

A sink belongs to one zone and is driven by that zone's player thread alone. The player calls

    begin(label)  write(block) …  end(complete)      once per announcement, and
    close()                                         when the zone shuts down.

``write`` takes one block of 20 ms (int16, mono, 48 kHz) and may block up to about that long when the device sets the
pace; it must never block longer than ``STALL_SECONDS`` but raise. A sink that is not paced by a device returns at once:
the player keeps the time. Any failure is a :class:`~audio.errors.SinkError`, or :class:`~audio.errors.SinkLost` when the
device vanished and trying again later makes sense; after an error the player calls ``end(False)`` and may begin anew.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from audio.errors import SinkError
from audio.pcm import BLOCK, Block

STALL_SECONDS = 1.0


@dataclass(frozen=True)
class Label:
    """What is about to sound, for sinks that keep an index. ``id`` is unique per announcement and zone."""

    id: str
    title: str
    due: str  # ISO 8601 with offset


class Sink(ABC):
    name: str  # its word in settings and in the registry
    paced = False  # True where the device's own clock paces ``write``

    @abstractmethod
    def describe(self) -> str:
        """Where the sound goes, in one phrase for a person ("WAV files in …", "sound card …")."""

    @abstractmethod
    def begin(self, label: Label) -> None: ...

    @abstractmethod
    def write(self, block: Block) -> None: ...

    @abstractmethod
    def end(self, complete: bool) -> None:
        """The announcement is over; ``complete`` is False when it was cut short."""

    def close(self) -> None:  # noqa: B027 - a sink without a device has nothing to give back
        """Give the device back. Safe to call twice."""


def check_block(block: Block) -> None:
    """Raise SinkError unless ``block`` is one block: a sink must not turn a caller's mistake into noise."""
    if block.shape != (BLOCK,) or block.dtype != np.int16:
        raise SinkError(f"A block is {BLOCK} samples of 16 bit, not {block.shape} of {block.dtype}.")
