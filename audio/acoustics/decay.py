"""How fast sound dies away in a room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audio.acoustics.sti import Values, in_octave
from audio.pcm import Pcm

FROM_DB, TO_DB = -5.0, -25.0
FEWEST = 10  # points a line is drawn through


def rt60(response: Pcm, octaves: Sequence[float] = (500, 1000)) -> float:
    """Reverberation time of an impulse response in seconds: three times what the decay takes from −5 to −25 dB (T20, after
    ISO 3382), mean of the bands; NaN where it does not fall so far.
    """
    return float(np.mean([_sixty_db(in_octave(response, octave), response.rate) for octave in octaves]))


def _sixty_db(values: Values, rate: int) -> float:
    """Along the straight line that fits Schroeder's backward sum best."""
    left = np.cumsum(np.square(values)[::-1])[::-1]
    if not left.size or left[0] <= 0:
        return float("nan")
    curve = 10 * np.log10(np.maximum(left / left[0], 1e-30))
    chosen = np.flatnonzero((curve <= FROM_DB) & (curve >= TO_DB))
    if len(chosen) < FEWEST:
        return float("nan")
    return float(-60 / np.polyfit(chosen / rate, curve[chosen], 1)[0])
