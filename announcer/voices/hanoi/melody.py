"""Laying the tones over the pitch and energy that the network chose. Arrays are changed in place; two frames a unit of time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from announcer.voices.hanoi.tokens import Span
from announcer.voices.hanoi.tones import (
    CREAK_ENERGY,
    CREAK_FROM,
    CREAK_PITCH,
    DECLINATION,
    SCALE,
    SMOOTHING_FRAMES,
    contour,
)

Frames = NDArray[np.float32]
FRAMES_A_UNIT = 2
VOICED_HERTZ = 70.0  # the network's own pitch below this means a sound without voice
VOICELESS_HERTZ = 10.0
AUDIBLE_ENERGY = 1.5
SHORTEST_CONTOUR = 8  # frames


def lay_tones(
    pitch: Frames, energy: Frames, durations: NDArray[np.int64], spans: Sequence[Span], shift: float
) -> None:
    """``pitch`` in Hz and ``energy``, shape (frames,); ``durations`` in units per token; ``shift`` in semitones."""
    edges = np.concatenate([[0], np.cumsum(durations)]) * FRAMES_A_UNIT
    own_voice = pitch > VOICED_HERTZ
    middle = float(np.exp(np.median(np.log(pitch[own_voice])))) if own_voice.any() else 200.0
    semitones = np.full(len(pitch), np.nan)
    forced = np.zeros(len(pitch), bool)
    silent = np.zeros(len(pitch), bool)
    for span in spans:
        first, last = edges[span.medial], edges[span.coda if span.stopped else span.end]
        heard = _heard(energy, first, last) if span.pause and not span.stopped else last
        semitones[first:heard] = _contour(span, heard - first)
        semitones[heard:last] = semitones[heard - 1]
        forced[edges[span.start] if span.voiced else first : heard] = True
        if span.stopped:
            silent[edges[span.coda] : edges[span.end]] = True
    line = middle * 2 ** ((_whole_line(semitones) + shift) / 12)
    sounding = (own_voice | forced) & ~silent
    pitch[sounding] = line[sounding]
    pitch[silent] = np.minimum(pitch[silent], VOICELESS_HERTZ)
    for span in spans:
        if span.tone == "nang" and not span.stopped:
            _creak(pitch, energy, edges[span.nucleus], edges[span.end])


def _contour(span: Span, frames: int) -> NDArray[np.float64]:
    places, heights = zip(*contour(span.tone, span.stopped), strict=True)
    line: NDArray[np.float64] = np.interp((np.arange(frames) + 0.5) / max(1, frames), places, heights)
    return line * SCALE


def _heard(energy: Frames, first: int, last: int) -> int:
    """Where the syllable before a pause fades out: its tone must be over by then."""
    loud = np.flatnonzero(energy[first:last] > AUDIBLE_ENERGY)
    return max(first + SHORTEST_CONTOUR, min(last, first + int(loud[-1]) + 3)) if len(loud) else last


def _whole_line(semitones: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gaps bridged, corners rounded, the phrase sinking a little."""
    frames = np.arange(len(semitones))
    known = ~np.isnan(semitones)
    bridged = np.interp(frames, frames[known], semitones[known])
    padded = np.pad(bridged, SMOOTHING_FRAMES // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(SMOOTHING_FRAMES) / SMOOTHING_FRAMES, mode="valid")
    return smooth - DECLINATION * frames / len(frames)


def _creak(pitch: Frames, energy: Frames, first: int, last: int) -> None:
    start = int(first + (last - first) * CREAK_FROM)
    end = max(last, start + 1)
    energy[start:end] += CREAK_ENERGY
    pitch[start:end] *= np.resize(np.array(CREAK_PITCH, np.float32), len(pitch[start:end]))
