"""Make speech clear: take away rumble and boom, lift the consonants a little."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audio.mastering.profiles import Band
from audio.pcm import Pcm

Section = NDArray[np.float64]  # b0 b1 b2 1 a1 a2


def equalise(pcm: Pcm, high_pass_hertz: float, bands: Sequence[Band]) -> Pcm:
    """Second-order high-pass (0 leaves it out), then each bell in turn. A bell above the sound's band is left out."""
    sections = [bell(band, pcm.rate) for band in bands if band.hertz < 0.45 * pcm.rate]
    if high_pass_hertz:
        sections.insert(0, high_pass(high_pass_hertz, pcm.rate))
    if not sections or len(pcm.samples) == 0:
        return pcm
    from scipy.signal import sosfilt

    return Pcm(sosfilt(np.stack(sections), pcm.samples).astype(np.float32), pcm.rate)


def high_pass(hertz: float, rate: int) -> Section:
    """Butterworth, 12 dB per octave."""
    cosine, alpha = _angle(hertz, rate, q=2**-0.5)
    edge = (1 + cosine) / 2
    return _section((edge, -2 * edge, edge), (1 + alpha, -2 * cosine, 1 - alpha))


def bell(band: Band, rate: int) -> Section:
    """``gain_db`` at the middle, nothing far from it."""
    cosine, alpha = _angle(band.hertz, rate, band.q)
    root = 10 ** (band.gain_db / 40)
    return _section(
        (1 + alpha * root, -2 * cosine, 1 - alpha * root),
        (1 + alpha / root, -2 * cosine, 1 - alpha / root),
    )


def _angle(hertz: float, rate: int, q: float) -> tuple[float, float]:
    angle = 2 * np.pi * hertz / rate
    return float(np.cos(angle)), float(np.sin(angle) / (2 * q))


def _section(b: tuple[float, float, float], a: tuple[float, float, float]) -> Section:
    return np.array((*b, *a)) / a[0]
