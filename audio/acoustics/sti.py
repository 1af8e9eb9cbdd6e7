"""Speech transmission index, after the indirect method of IEC 60268-16: from an impulse response and the signal-to-noise
ratio of seven octave bands.

Indicative only: the standard's corrections for the absolute level (masking between bands and the threshold of hearing)
are left out, because a station's microphone is not calibrated. From 0 (nothing is understood) to 1; announcements are
commonly asked to reach 0.5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audio.pcm import Pcm

OCTAVES = (125, 250, 500, 1000, 2000, 4000, 8000)  # Hz, the middles of the bands
MODULATIONS = (0.63, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 3.15, 4.0, 5.0, 6.3, 8.0, 10.0, 12.5)  # Hz
WEIGHTS = (0.085, 0.127, 0.230, 0.233, 0.309, 0.224, 0.173)  # alpha, male speech
OVERLAPS = (0.085, 0.078, 0.065, 0.011, 0.047, 0.095)  # beta, between neighbours
LIMIT_DB = 15.0  # an apparent signal-to-noise ratio beyond ±15 dB changes nothing for the ear
NOISELESS_DB = 100.0

Values = NDArray[np.float64]


def sti(response: Pcm, snr_db: Sequence[float] = (NOISELESS_DB,) * len(OCTAVES)) -> float:
    """The index of an impulse response with ``snr_db`` in each octave band. Needs a rate of 24 kHz or more."""
    return index(np.stack([transfer(response, band, snr) for band, snr in zip(OCTAVES, snr_db, strict=True)]))


def transfer(response: Pcm, octave: float, snr_db: float) -> Values:
    """How much of each modulation arrives in one octave band, 0…1, shape (14,): Schroeder's formula, and the noise."""
    energy = np.square(in_octave(response, octave))
    turns = np.outer(MODULATIONS, np.arange(len(energy)) / response.rate)
    room = np.abs(np.exp(-2j * np.pi * turns) @ energy) / max(float(energy.sum()), 1e-30)
    return np.asarray(room / (1 + 10 ** (-snr_db / 10)))


def index(transfers: Values) -> float:
    """STI of modulation transfer ratios, shape (7, 14)."""
    ratios = np.clip(transfers, 1e-9, 1 - 1e-9)
    apparent_db = np.clip(10 * np.log10(ratios / (1 - ratios)), -LIMIT_DB, LIMIT_DB)
    bands = np.mean((apparent_db + LIMIT_DB) / (2 * LIMIT_DB), axis=1)
    return float(np.clip(WEIGHTS @ bands - OVERLAPS @ np.sqrt(bands[:-1] * bands[1:]), 0.0, 1.0))


def in_octave(pcm: Pcm, hertz: float) -> Values:
    """What of the sound lies in the octave around ``hertz``, shape (n,)."""
    if len(pcm.samples) == 0:
        return np.zeros(0)
    from scipy.signal import butter, sosfilt

    top = min(hertz * 2**0.5, 0.49 * pcm.rate)
    return np.asarray(
        sosfilt(butter(3, (hertz / 2**0.5, top), "bandpass", fs=pcm.rate, output="sos"), pcm.samples)
    )
