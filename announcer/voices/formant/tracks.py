"""What a mouth does over time: each thing it sets is a track of points, straight between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from announcer.voices.formant.sounds import Formants

Curve = NDArray[np.float64]

OPEN_MOUTH: Formants = (500, 1500, 2500, 3500)
NO_VOICE, NO_BREATH = -60.0, -80.0  # dB
APART_SECONDS = 1e-4


class Track:
    """Points of one value over time. A point that would not lie behind the last one is set right behind it."""

    def __init__(self, first: float) -> None:
        self.times: list[float] = [0.0]
        self.values: list[float] = [first]

    def to(self, *points: tuple[float, float]) -> None:
        """Append (seconds, value)."""
        for seconds, value in points:
            self.times.append(max(seconds, self.times[-1] + APART_SECONDS))
            self.values.append(value)

    def hold(self, seconds: float) -> None:
        """Keep the last value up to ``seconds``."""
        self.to((seconds, self.now))

    @property
    def now(self) -> float:
        """The last value set."""
        return self.values[-1]

    def at(self, seconds: Curve) -> Curve:
        """The values at ``seconds``, in its shape."""
        return np.interp(seconds, self.times, self.values)


@dataclass(frozen=True)
class Noise:
    """A burst or a friction: a spectrum of NOISES, ``level`` in dB below the voice, all times in seconds."""

    start: float
    end: float
    spectrum: str
    level: float
    attack: float
    release: float


@dataclass(frozen=True)
class Tracks:
    """All that is set for an utterance."""

    formants: tuple[Track, ...] = field(default_factory=lambda: tuple(map(Track, OPEN_MOUTH)))  # Hz
    voice: Track = field(default_factory=lambda: Track(NO_VOICE))  # dB, 0 in a vowel
    breath: Track = field(
        default_factory=lambda: Track(NO_BREATH)
    )  # dB, through the mouth as the formants are
    nose: Track = field(default_factory=lambda: Track(0))  # 0: the mouth sounds … 1: the nose
    nose_zero: Track = field(
        default_factory=lambda: Track(1600)
    )  # Hz, what the closed mouth takes from the nose
    muffled: Track = field(default_factory=lambda: Track(0))  # 1: only the hum of a closed mouth is heard
    pitch: Track = field(default_factory=lambda: Track(0))  # semitones from the speaker's middle
    creak: Track = field(default_factory=lambda: Track(0))  # 1: the voice creaks
    softness: Track = field(default_factory=lambda: Track(0))  # dB the voice loses at 3 kHz
    noises: list[Noise] = field(default_factory=list)

    def shape(self, seconds: float, formants: Sequence[float]) -> None:
        """The mouth has ``formants`` at ``seconds``; those not named glide on."""
        for track, hertz in zip(self.formants, formants, strict=False):
            track.to((seconds, hertz))

    def shapes(self, formants: Sequence[float], *seconds: float) -> None:
        """The mouth has ``formants`` at all of ``seconds``."""
        for moment in seconds:
            self.shape(moment, formants)
