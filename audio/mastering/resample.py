"""Bring a sound to another sample rate."""

from __future__ import annotations

from math import gcd

import numpy as np

from audio.pcm import Pcm

STOP_BAND_DB = 80.0
TRANSITION = 0.1  # of the narrower band; wide enough to stay short, above anything a voice holds


def resample(pcm: Pcm, rate: int) -> Pcm:
    """The same sound at ``rate`` Hz; what the narrower of both rates cannot hold is filtered away, 80 dB down."""
    if pcm.rate == rate or len(pcm.samples) == 0:
        return Pcm(pcm.samples, rate)
    from scipy.signal import firwin, kaiserord, resample_poly

    common = gcd(pcm.rate, rate)
    up, down = rate // common, pcm.rate // common
    edge = 1.0 / max(up, down)  # of the rate in between, pcm.rate * up, as a share of its Nyquist frequency
    taps, beta = kaiserord(STOP_BAND_DB, TRANSITION * edge)
    low_pass = firwin(taps | 1, edge * (1 - TRANSITION / 2), window=("kaiser", beta)).astype(np.float32)
    # The filter keeps its type as an array: a list of it would make scipy work in doubles, at twice the memory.
    samples = resample_poly(pcm.samples, up, down, window=low_pass)  # type: ignore[call-overload]  # its stubs want a list
    return Pcm(samples.astype(np.float32, copy=False), rate)
