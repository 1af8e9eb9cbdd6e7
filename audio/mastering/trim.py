"""Cut the silence before the first and after the last word."""

from __future__ import annotations

import numpy as np

from audio.measure import frame_levels_db
from audio.pcm import Pcm

FRAME_SECONDS = 0.01
BELOW_LOUDEST_DB = 50.0  # the softest beginnings (h, x, ph) lie 30 to 40 dB below the loudest vowel
LOWEST_DB = -80.0


def trim(pcm: Pcm, edge_seconds: float) -> Pcm:
    """Keep ``edge_seconds`` around what sounds.

    When in doubt nothing is cut: hiss louder than the threshold counts as sound, and a sound that is silent throughout
    stays as it is, since there is no word to find.
    """
    levels = frame_levels_db(pcm, FRAME_SECONDS)
    if len(levels) == 0:
        return pcm
    threshold = max(float(levels.max()) - BELOW_LOUDEST_DB, LOWEST_DB)
    sounding = np.flatnonzero(levels > threshold)
    if len(sounding) == 0:
        return pcm
    frame, edge = round(FRAME_SECONDS * pcm.rate), round(edge_seconds * pcm.rate)
    start = max(0, int(sounding[0]) * frame - edge)
    stop = (int(sounding[-1]) + 1) * frame + edge
    return Pcm(pcm.samples[start:stop], pcm.rate)
