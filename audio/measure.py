"""What a sound measures: length, loudness, true peak, how much of it is silence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from audio.pcm import Pcm, Samples

GATE_SECONDS = 0.4  # the block over which ITU-R BS.1770 takes loudness
FLOOR_LUFS = -70.0  # its absolute gate: below this nothing counts as sound
FLOOR_DB = -120.0
OVERSAMPLING = 4
REACH = 10  # samples on either side that the oversampling filter looks at
OVERSHOOT = 2.5  # the sum of that filter's coefficients, signs left out, is smaller
SPAN = 480
SILENCE_DB = -50.0
FRAME_SECONDS = 0.02


@dataclass(frozen=True)
class Measures:
    """``seconds``; ``lufs``; ``true_peak_db`` in dBTP; ``silence_ratio`` from 0 to 1."""

    seconds: float
    lufs: float
    true_peak_db: float
    silence_ratio: float


def measure(pcm: Pcm) -> Measures:
    return Measures(pcm.seconds, lufs(pcm), true_peak_db(pcm), silence_ratio(pcm))


def lufs(pcm: Pcm) -> float:
    """Integrated loudness after BS.1770; −70 for silence.

    A sound shorter than one gating block is measured as if it went on by repeating itself: filled up with silence, a
    short word would seem too quiet and be mastered too loud.
    """
    if not np.any(pcm.samples):
        return FLOOR_LUFS
    import pyloudnorm

    gate = round(GATE_SECONDS * pcm.rate)
    samples = pcm.samples if len(pcm.samples) >= gate else np.resize(pcm.samples, gate)
    value = float(pyloudnorm.Meter(pcm.rate).integrated_loudness(samples))
    return max(value, FLOOR_LUFS) if np.isfinite(value) else FLOOR_LUFS


def true_peak_db(pcm: Pcm) -> float:
    """The highest point of the curve through the samples, in dBTP; −120 for silence.

    As fine as BS.1770 asks for: right to a tenth of a decibel for what voices hold (up to 11 kHz), up to half a decibel too
    low for hiss that fills the band to its end.
    """
    raised = oversampled(_loud_spans(pcm.samples))
    return decibels(float(np.max(raised[:, OVERSAMPLING * REACH : -OVERSAMPLING * REACH], initial=0.0)))


def silence_ratio(pcm: Pcm, threshold_db: float = SILENCE_DB) -> float:
    """The share of 20 ms frames whose level lies more than ``threshold_db`` below full scale; 1.0 for an empty sound."""
    levels = frame_levels_db(pcm, FRAME_SECONDS)
    return float(np.mean(levels < threshold_db)) if len(levels) else 1.0


def frame_levels_db(pcm: Pcm, frame_seconds: float) -> Samples:
    """RMS level of each frame in dB, shape (frames,); the last frame is filled up with silence."""
    size = max(1, round(frame_seconds * pcm.rate))
    padded = np.pad(pcm.samples, (0, -len(pcm.samples) % size))
    power: Samples = np.mean(np.square(padded.reshape(-1, size)), axis=1)
    levels: Samples = 10 * np.log10(power + np.float32(10 ** (FLOOR_DB / 10)))
    return levels


def oversampled(samples: Samples) -> Samples:
    """|samples| at four times the rate along the last axis, shape (…, 4n): peaks between samples show there."""
    if samples.size == 0:
        return samples
    from scipy.signal import resample_poly

    return np.asarray(np.abs(resample_poly(samples, OVERSAMPLING, 1, axis=-1)), np.float32)


def _loud_spans(samples: Samples) -> Samples:
    """The stretches in which the true peak must lie, shape (spans, SPAN + 2 × REACH): a tenth of the work, the same answer.

    The curve rises at most ``OVERSHOOT`` times above the samples around it, so quieter stretches need no look.
    """
    padded = np.pad(samples, (REACH, REACH + -len(samples) % SPAN))
    spans = sliding_window_view(padded, SPAN + 2 * REACH)[::SPAN] if len(samples) else padded[None, :]
    peaks = np.max(np.abs(spans), axis=1)
    loud: Samples = spans[peaks * OVERSHOOT >= peaks.max()]
    return loud


def decibels(amplitude: float) -> float:
    return max(20 * float(np.log10(amplitude)), FLOOR_DB) if amplitude > 0 else FLOOR_DB


def amplitude(decibel: float) -> float:
    return float(10 ** (decibel / 20))
