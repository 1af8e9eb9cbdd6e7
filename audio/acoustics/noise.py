"""Noise of a station, and mixing it with speech at a given signal-to-noise ratio."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audio.measure import frame_levels_db
from audio.pcm import Pcm, Samples

Values = NDArray[np.float64]

FRAME_SECONDS = 0.02
SPEAKING_DB = 30.0  # frames this far below the loudest are pauses
BETWEEN_WORDS = 1e-9
SWELL_SECONDS = 6.0  # one vehicle after the other
SWELL_DB = 4.0

# The spectrum of road traffic after EN 1793-3: A-weighted level of each third of an octave, and the A-weighting itself.
TRAFFIC_HERTZ = (
    100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000,
)  # fmt: skip
TRAFFIC_DBA = (-20, -20, -18, -16, -15, -14, -13, -12, -11, -9, -8, -9, -10, -11, -13, -15, -16, -18)
A_WEIGHTING = (
    -19.1, -16.1, -13.4, -10.9, -8.6, -6.6, -4.8, -3.2, -1.9, -0.8, 0.0, 0.6, 1.0, 1.2, 1.3, 1.2, 1.0, 0.5,
)  # fmt: skip


def babble(voices: Sequence[Pcm], seconds: float, talkers: int = 24, seed: int = 1) -> Pcm:
    """A crowd: ``talkers`` people who each say one of ``voices`` again and again from somewhere in it. RMS 1.

    All ``voices`` have the same rate. Each is brought to the same level first.
    """
    if not voices:
        raise ValueError("A crowd needs somebody who talks.")
    rate, random = voices[0].rate, np.random.default_rng(seed)
    length = round(seconds * rate)
    crowd = np.zeros(length)
    for talker in range(talkers):
        voice = voices[talker % len(voices)].samples
        said = np.resize(np.roll(voice, int(random.integers(len(voice)))), length)
        crowd += said / max(_rms(said), BETWEEN_WORDS)
    return _of_rms_one(crowd, rate)


def traffic(seconds: float, rate: int, seed: int = 1) -> Pcm:
    """A street: noise with the spectrum of EN 1793-3 that swells and ebbs as vehicles pass. RMS 1."""
    random, length = np.random.default_rng(seed), round(seconds * rate)
    spectrum = np.fft.rfft(random.standard_normal(length)) * _traffic_gain(
        np.asarray(np.fft.rfftfreq(length, 1 / rate), np.float64)
    )
    steady = np.fft.irfft(spectrum, length)
    knots = np.arange(0, seconds + SWELL_SECONDS, SWELL_SECONDS / 2)
    swell_db = np.interp(
        np.arange(length) / rate, knots, SWELL_DB * np.where(np.arange(len(knots)) % 2, 1.0, -1.0)
    )
    return _of_rms_one(steady * 10 ** (swell_db / 20), rate)


def speech_level_db(pcm: Pcm) -> float:
    """RMS level while somebody speaks, in dB of full scale: pauses do not count. −120 for silence."""
    levels = frame_levels_db(pcm, FRAME_SECONDS).astype(np.float64)
    if len(levels) == 0:
        return -120.0
    speaking = levels[levels > levels.max() - SPEAKING_DB]
    return float(10 * np.log10(np.mean(10 ** (speaking / 10))))


def with_noise(pcm: Pcm, noise: Pcm, level_db: float) -> Pcm:
    """``pcm`` with ``noise`` (RMS 1, same rate, repeated where it is too short) at ``level_db`` of full scale."""
    gain = np.float32(10 ** (level_db / 20))
    return Pcm(pcm.samples + gain * np.resize(noise.samples, len(pcm.samples)), pcm.rate)


def _traffic_gain(hertz: Values) -> Values:
    """Amplitude at each frequency; a third of an octave is the wider the higher it lies, so power per hertz is level − 10 log f."""
    known = np.subtract(TRAFFIC_DBA, A_WEIGHTING) - 10 * np.log10(TRAFFIC_HERTZ)
    level = np.interp(np.log2(np.maximum(hertz, 1.0)), np.log2(TRAFFIC_HERTZ), known)
    return np.where(hertz < TRAFFIC_HERTZ[0] / 2, 0.0, 10 ** (level / 20))


def _of_rms_one(values: Values, rate: int) -> Pcm:
    return Pcm((values / max(_rms(values), BETWEEN_WORDS)).astype(np.float32), rate)


def _rms(values: Values | Samples) -> float:
    return float(np.sqrt(np.mean(np.square(values)))) if len(values) else 0.0
