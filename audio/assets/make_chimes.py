"""Make the chimes beside this file: ``python -m audio.assets.make_chimes [folder]``.

A note is a struck bar: a tuned partial four times as high, a clang that dies at once, and a fundamental that rings. The
melodies are our own, in the five notes D E G A B that Vietnamese folk songs share with most of the world's.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.mastering.fades import fade
from audio.mastering.limiter import under
from audio.measure import amplitude, lufs
from audio.pcm import RATE, Pcm, Samples
from audio.wav import write_wav

CEILING_DB = -3.0
TONES = {"D5": 587.33, "G5": 783.99, "A5": 880.00, "B5": 987.77, "D6": 1174.66}


@dataclass(frozen=True)
class Partial:
    """``ratio`` to the note's own frequency, ``level`` 0 to 1, seconds until it has fallen to 1/e."""

    ratio: float
    level: float
    decay: float


@dataclass(frozen=True)
class Melody:
    """Notes as (second, tone, strength); ``ring`` stretches all decays; ``lufs`` is the loudness of the whole."""

    notes: tuple[tuple[float, str, float], ...]
    partials: tuple[Partial, ...]
    seconds: float
    ring: float
    lufs: float


SOFT_BAR = (
    Partial(1, 1.0, 0.55),
    Partial(2, 0.10, 0.35),
    Partial(3.99, 0.22, 0.16),
    Partial(9.2, 0.05, 0.04),
)
HARD_BAR = (Partial(1, 1.0, 0.30), Partial(2, 0.45, 0.22), Partial(3, 0.30, 0.15), Partial(3.99, 0.30, 0.10))

MELODIES = {
    "standard": Melody(
        ((0.0, "D5", 0.9), (0.38, "G5", 0.9), (0.76, "B5", 1.0)), SOFT_BAR, seconds=2.4, ring=1.0, lufs=-19.0
    ),
    "urgent": Melody(
        tuple((0.15 * turn, "D6" if turn % 2 else "A5", 1.0) for turn in range(10)),
        HARD_BAR,
        seconds=2.0,
        ring=0.6,
        lufs=-16.0,
    ),
    "end": Melody(((0.0, "G5", 0.9), (0.34, "D5", 1.0)), SOFT_BAR, seconds=1.9, ring=0.9, lufs=-21.0),
}


def render(melody: Melody) -> Pcm:
    """The melody at its loudness, true peak at most ``CEILING_DB``."""
    samples = np.zeros(round(melody.seconds * RATE), np.float64)
    for second, tone, strength in melody.notes:
        start = round(second * RATE)
        samples[start:] += strength * _strike(TONES[tone], melody, len(samples) - start)
    raw = Pcm((samples / np.max(np.abs(samples))).astype(np.float32))
    loud = Pcm(raw.samples * np.float32(amplitude(melody.lufs - lufs(raw))))
    return under(_ended(loud), CEILING_DB)


def _strike(hertz: float, melody: Melody, length: int) -> Samples:
    """One note; the hammer's 2 ms keep its beginning from clicking."""
    t = np.arange(length) / RATE
    note = sum(
        partial.level
        * np.exp(-t / (partial.decay * melody.ring))
        * np.sin(2 * np.pi * partial.ratio * hertz * t)
        for partial in melody.partials
    )
    return np.asarray(note * (1 - np.exp(-t / 0.002)), np.float32)


def _ended(pcm: Pcm) -> Pcm:
    """Let the last 200 ms sink to zero; the beginning is the hammer's and stays."""
    faded, start = fade(pcm, 0.2).samples.copy(), round(0.2 * RATE)
    faded[:start] = pcm.samples[:start]
    return Pcm(faded)


def make(folder: Path) -> None:
    for name, melody in MELODIES.items():
        write_wav(folder / f"{name}.wav", render(melody))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
