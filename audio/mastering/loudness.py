"""Bring a sound to its loudness while the limiter holds the ceiling."""

from __future__ import annotations

import numpy as np

from audio.mastering.limiter import Peaks, limit
from audio.measure import FLOOR_LUFS, amplitude, lufs
from audio.pcm import Pcm

ROUNDS = 5
CLOSE_ENOUGH_LU = 0.1
LARGEST_GAIN_DB = 40.0  # beyond that it would be the hiss that is made loud


def level(pcm: Pcm, target_lufs: float, ceiling_db: float) -> Pcm:
    """The sound at ``target_lufs``, true peak at or below ``ceiling_db``; silence stays silence.

    The limiter takes loudness away, so the gain before it is raised by what is missing, in a few rounds. Where the target
    cannot be had (a lone clap), the ceiling wins.
    """
    loudness = lufs(pcm)
    if loudness <= FLOOR_LUFS:
        return pcm
    peaks = Peaks.of(pcm)
    gain_db, result = 0.0, pcm
    for _ in range(ROUNDS):
        gain_db = min(gain_db + target_lufs - loudness, LARGEST_GAIN_DB)
        result = _limited(pcm, gain_db, ceiling_db, peaks)
        loudness = lufs(result)
        if abs(loudness - target_lufs) < CLOSE_ENOUGH_LU:
            break
    return result


def _limited(pcm: Pcm, gain_db: float, ceiling_db: float, peaks: Peaks) -> Pcm:
    gain = np.float32(amplitude(gain_db))
    return limit(Pcm(pcm.samples * gain, pcm.rate), ceiling_db, Peaks(peaks.values * gain))
