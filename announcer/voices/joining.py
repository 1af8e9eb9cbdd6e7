"""Pieces of speech become one: same rate, same level, short cross-fades or pauses between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np

from announcer.voices.speech import rms
from audio.pcm import Pcm, silence

CROSSFADE_SECONDS = 0.02
FRAME_SECONDS = 0.01
KEEP_SECONDS = 0.03
SPEECH_BELOW_PEAK = 0.02  # −34 dB: what lies lower at the ends of a clip is room, not speech


def resampled(pcm: Pcm, rate: int) -> Pcm:
    """``pcm`` at ``rate``; itself if that is its rate."""
    if pcm.rate == rate:
        return pcm
    from scipy.signal import resample_poly

    common = gcd(pcm.rate, rate)
    return Pcm(resample_poly(pcm.samples, rate // common, pcm.rate // common).astype(np.float32), rate)


def with_pauses(pieces: Sequence[Pcm], seconds: float) -> Pcm:
    """``pieces`` one after the other with silence between them, at the highest of their rates. At least one piece."""
    rate = max(piece.rate for piece in pieces)
    pause = silence(seconds, rate).samples
    parts = [part for piece in pieces for part in (pause, resampled(piece, rate).samples)]
    return Pcm(np.concatenate(parts[1:]), rate)


def crossfaded(first: Pcm, second: Pcm, seconds: float = CROSSFADE_SECONDS) -> Pcm:
    """``second`` fading in while ``first`` fades out; both at the same rate. A piece shorter than the fade shortens it."""
    size = min(round(seconds * first.rate), len(first.samples), len(second.samples))
    rise = np.linspace(0, 1, size, dtype=np.float32)
    split = len(first.samples) - size
    middle = first.samples[split:] * (1 - rise) + second.samples[:size] * rise
    return Pcm(np.concatenate([first.samples[:split], middle, second.samples[size:]]), first.rate)


def levelled(pcm: Pcm, target: float) -> Pcm:
    """``pcm`` scaled to an RMS of ``target``, but never beyond full scale."""
    peak = float(np.max(np.abs(pcm.samples), initial=0.0))
    if peak == 0:
        return pcm
    return Pcm(pcm.samples * np.float32(min(target / rms(pcm), 1.0 / peak)), pcm.rate)


def trimmed(pcm: Pcm) -> Pcm:
    """``pcm`` without what is silent before and after the speech, but for a breath."""
    frame = max(1, round(FRAME_SECONDS * pcm.rate))
    level = np.abs(np.pad(pcm.samples, (0, -len(pcm.samples) % frame))).reshape(-1, frame).max(axis=1)
    loud = np.flatnonzero(level > SPEECH_BELOW_PEAK * level.max(initial=0.0))
    if len(loud) == 0:
        return pcm
    keep = round(KEEP_SECONDS * pcm.rate)
    return Pcm(pcm.samples[max(0, loud[0] * frame - keep) : (loud[-1] + 1) * frame + keep], pcm.rate)
