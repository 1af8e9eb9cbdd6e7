"""Chime, pauses and speech become one programme, and a programme becomes the 20 ms blocks that a sink takes.

Everything is 16-bit here and parts stay where they are (mapped files): playing a minute of speech loads no minute of
speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.pcm import BLOCK, RATE, Block, Pcm, from_int16

FADE_SECONDS = 0.05

Part = Block | float  # sound, int16 at 48 kHz, shape (n,); or a pause in seconds


@dataclass(frozen=True)
class Pauses:
    """Seconds of silence between the parts of a programme."""

    after_chime: float = 0.5
    between_languages: float = 1.0
    between_repeats: float = 1.5
    before_end: float = 0.6


PAUSES = Pauses()


def programme(
    speeches: Sequence[Block],
    chime: Block | None = None,
    end_chime: Block | None = None,
    times: int = 1,
    pauses: Pauses = PAUSES,
) -> list[Part]:
    """Chime, every speech in its order (Vietnamese first), all of that ``times`` times, end chime; pauses in between."""
    saying = _joined(list(speeches), pauses.between_languages)
    parts: list[Part] = [] if chime is None else [chime, pauses.after_chime]
    for turn in range(times):
        parts += [pauses.between_repeats, *saying] if turn else saying
    return parts if end_chime is None else [*parts, pauses.before_end, end_chime]


def seconds(parts: Iterable[Part]) -> float:
    return sum(part if isinstance(part, float | int) else len(part) / RATE for part in parts)


def assemble(parts: Iterable[Part]) -> Pcm:
    """The whole programme as one sound, to save it or to hear it beforehand."""
    return from_int16(np.concatenate([np.zeros(0, np.int16), *map(_samples, parts)]))


def cut_into_blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """Blocks of 960 samples; the last one is filled up with zeros. Parts need not end where blocks end."""
    rest = np.zeros(0, np.int16)
    for part in parts:
        samples = _samples(part)
        if len(rest):
            missing = BLOCK - len(rest)
            rest, samples = np.concatenate([rest, samples[:missing]]), samples[missing:]
            if len(rest) < BLOCK:
                continue
            yield rest
        whole = len(samples) - len(samples) % BLOCK
        for start in range(0, whole, BLOCK):
            yield samples[start : start + BLOCK]
        rest = samples[whole:]
    if len(rest):
        yield np.pad(rest, (0, BLOCK - len(rest)))


def gain(block: Block, decibels: float) -> Block:
    """``block`` louder or softer, held within full scale; 0 dB gives it back as it is."""
    return block if decibels == 0 else _scaled(block, np.float32(10 ** (decibels / 20)))


class Playback:
    """The blocks of a programme at a gain, which can be asked to end softly at any moment.

    Iterate over it and write each block to the sink. ``fade_out()`` lets the next 50 ms fall to silence and then the
    blocks end, so whoever interrupts waits three blocks and no loudspeaker clicks.
    """

    def __init__(self, parts: Sequence[Part], gain_db: float = 0.0) -> None:
        self.seconds = seconds(parts)
        self.gain_db = gain_db
        self.cut = False  # True once the fade has begun
        self._blocks = cut_into_blocks(parts)
        self._given = 0
        self._fade: Iterator[NDArray[np.float32]] | None = None

    @property
    def played_seconds(self) -> float:
        """How much has been given out, in seconds."""
        return min(self._given * BLOCK / RATE, self.seconds)

    def __iter__(self) -> Playback:
        return self

    def __next__(self) -> Block:
        factors = None if self._fade is None else next(self._fade)
        block = gain(next(self._blocks), self.gain_db)
        self._given += 1
        return block if factors is None else _scaled(block, factors)

    def fade_out(self, seconds: float = FADE_SECONDS) -> None:
        """Begin to end now. A second call does not begin the fade anew."""
        if self._fade is None:
            self.cut = True
            self._fade = falling(seconds)


def falling(seconds: float) -> Iterator[NDArray[np.float32]]:
    """Factors from 1 down to 0 along a raised cosine, one block at a time."""
    length = round(seconds * RATE)
    fall = (0.5 + 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(np.float32)
    padded = np.pad(fall, (0, -length % BLOCK))
    return iter(padded.reshape(-1, BLOCK))


def _scaled(block: Block, factors: np.float32 | NDArray[np.float32]) -> Block:
    scaled: NDArray[np.float32] = np.rint(block * factors)
    return np.clip(scaled, -32768, 32767).astype(np.int16)


def _joined(sounds: list[Block], pause: float) -> list[Part]:
    parts: list[Part] = []
    for sound in sounds:
        parts += [pause, sound] if parts else [sound]
    return parts


def _samples(part: Part) -> Block:
    return np.zeros(round(part * RATE), np.int16) if isinstance(part, float | int) else np.asarray(part)
