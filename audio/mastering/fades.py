"""Let a sound begin and end at zero, so that no loudspeaker clicks."""

from __future__ import annotations

import numpy as np

from audio.pcm import Pcm, Samples


def fade(pcm: Pcm, seconds: float) -> Pcm:
    """Raised-cosine fades at both ends, each at most half as long as the sound."""
    length = min(round(seconds * pcm.rate), len(pcm.samples) // 2)
    if length == 0:
        return pcm
    samples = pcm.samples.copy()
    rise = raised_cosine(length)
    samples[:length] *= rise
    samples[-length:] *= rise[::-1]
    return Pcm(samples, pcm.rate)


def raised_cosine(length: int) -> Samples:
    """From 0 to nearly 1, shape (length,)."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
