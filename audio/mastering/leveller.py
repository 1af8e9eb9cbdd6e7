"""Lift soft syllables towards the loud ones. In a hall the echo of a loud syllable covers the soft one that follows."""

from __future__ import annotations

import numpy as np

from audio.mastering.envelope import Curve, reduce
from audio.measure import frame_levels_db
from audio.pcm import Pcm

HOP_SECONDS = 0.005
SYLLABLE_HOPS = 13  # the level is taken over 65 ms: longer than a sound of speech, shorter than a syllable
SMOOTHING_HOPS = 5
TOP_PERCENT = 90.0  # of the frames in which somebody speaks: what counts as loud
SPEAKING_DB = 30.0  # below the loudest
BREATH_DB = 35.0  # below the loud syllables nothing is lifted: that is breath and hiss
HIGHEST_LIFT_DB = 12.0
QUIETEST_DB = -120.0


def lift(pcm: Pcm, share: float) -> Pcm:
    """Every syllable rises by ``share`` (0…1) of what it lies below the loud ones, in dB; 0 changes nothing."""
    if share == 0 or not np.any(pcm.samples):
        return pcm
    levels = _smooth(10 ** (frame_levels_db(pcm, HOP_SECONDS).astype(np.float64) / 10), SYLLABLE_HOPS)
    levels_db = 10 * np.log10(np.maximum(levels, 10 ** (QUIETEST_DB / 10)))
    below = np.maximum(_top(levels_db) - levels_db, 0.0)
    # Towards the breath the lift goes back to nothing, so that no pause begins to hiss.
    wanted = np.clip(np.minimum(share * below, BREATH_DB - below), 0.0, HIGHEST_LIFT_DB)
    return reduce(pcm, -_smooth(wanted, SMOOTHING_HOPS), round(HOP_SECONDS * pcm.rate))


def _top(levels_db: Curve) -> float:
    return float(np.percentile(levels_db[levels_db > levels_db.max() - SPEAKING_DB], TOP_PERCENT))


def _smooth(curve: Curve, hops: int) -> Curve:
    """The weighted mean over ``hops`` hops, an odd number; as long as the curve."""
    window = np.hanning(hops + 2)[1:-1]
    return np.convolve(np.pad(curve, hops // 2, mode="edge"), window / window.sum(), mode="valid")
