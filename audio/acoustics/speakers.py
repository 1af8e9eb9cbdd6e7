"""How a loudspeaker colours sound: the band it gives back, and nothing of its distortion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.pcm import Pcm

HOLDS = 0.45  # of its rate, the highest edge a sound can hold


@dataclass(frozen=True)
class Speaker:
    """Butterworth edges, −3 dB at ``low`` and ``high`` Hz, each falling by 6 × ``order`` dB per octave."""

    name: str
    low: float
    high: float
    order: int


SPEAKERS = {
    speaker.name: speaker
    for speaker in (
        Speaker("ceiling", 100, 10_000, 2),
        Speaker("horn", 400, 4_000, 4),
    )
}


def through(pcm: Pcm, speaker: Speaker) -> Pcm:
    """The sound as the loudspeaker gives it back; an edge beyond what the sample rate holds is left out."""
    if len(pcm.samples) == 0:
        return pcm
    from scipy.signal import butter, sosfilt

    # The edges are filters of their own: each then falls alike, however far apart the two lie.
    samples = pcm.samples.astype(np.float64)
    if speaker.low < HOLDS * pcm.rate:
        samples = sosfilt(butter(speaker.order, speaker.low, "highpass", fs=pcm.rate, output="sos"), samples)
    if speaker.high < HOLDS * pcm.rate:
        samples = sosfilt(butter(speaker.order, speaker.high, "lowpass", fs=pcm.rate, output="sos"), samples)
    return Pcm(samples.astype(np.float32), pcm.rate)
