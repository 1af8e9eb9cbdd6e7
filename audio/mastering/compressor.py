"""Bring loud and soft syllables closer together, so that the soft ones are heard over a crowd."""

from __future__ import annotations

import numpy as np

from audio.mastering.envelope import Curve, let_go, look_ahead, reduce
from audio.measure import FLOOR_LUFS, frame_levels_db, lufs
from audio.pcm import Pcm

HOP_SECONDS = 0.005
KNEE_DB = 6.0
LOOK_AHEAD_HOPS = 2
RELEASE_DB_PER_SECOND = 80.0  # slow enough not to pump, fast enough to be gone by the next syllable


def compress(pcm: Pcm, threshold_db: float, ratio: float) -> Pcm:
    """What rises above the threshold rises only 1/``ratio`` as far. ``ratio`` 1 changes nothing.

    The threshold lies ``threshold_db`` above the sound's own loudness: a quiet recording is compressed like a loud one.
    """
    loudness = lufs(pcm) if ratio > 1 else FLOOR_LUFS
    if loudness <= FLOOR_LUFS:
        return pcm
    over = frame_levels_db(pcm, HOP_SECONDS).astype(np.float64) - (loudness + threshold_db)
    wanted = _bent(over) * (1 - 1 / ratio)
    smooth = look_ahead(let_go(wanted, RELEASE_DB_PER_SECOND * HOP_SECONDS), LOOK_AHEAD_HOPS)
    return reduce(pcm, smooth, round(HOP_SECONDS * pcm.rate))


def _bent(over: Curve) -> Curve:
    """max(0, over), with the corner rounded over ``KNEE_DB``."""
    knee = np.square(np.clip(over + KNEE_DB / 2, 0, KNEE_DB)) / (2 * KNEE_DB)
    return np.where(over > KNEE_DB / 2, over, knee)
