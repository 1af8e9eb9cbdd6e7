"""Gain curves for compressor and limiter, worked out once per small hop and drawn out to samples at the end.

A curve of reductions (dB, ≥ 0, one per hop) comes in; what goes out is at least as large everywhere, begins before it
is needed and lets go slowly. No step walks through time one value after the other.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.pcm import Pcm, Samples

Curve = NDArray[np.float64]  # decibels, one value per hop


def hop_peaks(values: Samples, hop: int) -> Samples:
    """The largest of each ``hop`` values, shape (⌈n / hop⌉,)."""
    padded = np.pad(values, (0, -len(values) % hop))
    highest: Samples = np.max(padded.reshape(-1, hop), axis=1)
    return highest


def let_go(reduction: Curve, decibels_per_hop: float) -> Curve:
    """Each reduction fades along a straight line in dB: the highest of all lines that began earlier."""
    slope = decibels_per_hop * np.arange(len(reduction))
    highest: Curve = np.maximum.accumulate(reduction + slope)
    return highest - slope


def look_ahead(reduction: Curve, hops: int) -> Curve:
    """Smooth the curve over ±``hops`` without ever falling below it.

    Widening every peak by what the smoothing window spans keeps the weighted mean at or above the peak itself.
    """
    padded = np.pad(reduction, 2 * hops, mode="edge")
    widened = np.max(sliding_window_view(padded, 2 * hops + 1), axis=1)
    window = np.hanning(2 * hops + 3)[1:-1]
    return np.convolve(widened, window / window.sum(), mode="valid")


def reduce(pcm: Pcm, reduction: Curve, hop: int) -> Pcm:
    """Turn ``pcm`` down by the curve, going straight from the middle of one hop to the middle of the next."""
    gain = 10 ** (-reduction / 20)
    middles = (np.arange(len(gain)) + 0.5) * hop
    drawn = np.interp(np.arange(len(pcm.samples)), middles, gain)
    return Pcm((pcm.samples * drawn).astype(np.float32), pcm.rate)
