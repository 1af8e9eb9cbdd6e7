"""A long sound in pieces, cut where nothing is said: a recogniser that forgets the beginning of a long one hears it all."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from audio.measure import FRAME_SECONDS, frame_levels_db
from audio.pcm import Pcm

PAUSE_SECONDS = 0.16  # shorter silences are inside words: the closure of a t or a k
QUIET_DB = 35.0  # below the loudest frame


def pieces(pcm: Pcm, longest: float, most_runs: int) -> list[Pcm]:
    """``pcm`` in order, whole, in pieces of at most ``longest`` seconds and ``most_runs`` stretches between pauses.

    Where somebody speaks longer without a pause, the cut falls on the quietest frame of that stretch's second half.
    """
    size = max(1, round(FRAME_SECONDS * pcm.rate))
    cuts = [
        cut * size for cut in _cuts(frame_levels_db(pcm, FRAME_SECONDS), longest / FRAME_SECONDS, most_runs)
    ]
    edges = [0, *cuts, len(pcm.samples)]
    return [Pcm(pcm.samples[a:b], pcm.rate) for a, b in pairwise(edges) if b > a]


def _cuts(levels: np.ndarray[tuple[int], np.dtype[np.float32]], longest: float, most_runs: int) -> list[int]:
    """Frames to cut at."""
    pauses = pause_middles(levels)
    cuts: list[int] = []
    start, end = 0, len(levels)
    while True:
        inside = [pause for pause in pauses if start < pause <= start + longest]
        if end - start <= longest and len(inside) < most_runs:
            return cuts
        if not inside:
            half = start + int(longest // 2)
            inside = [half + int(np.argmin(levels[half : start + int(longest)]))]
        start = inside[min(len(inside), most_runs) - 1]
        cuts.append(start)


def pause_middles(levels: np.ndarray[tuple[int], np.dtype[np.float32]]) -> list[int]:
    """The middle frame of every pause between two stretches of speech. ``levels`` in dB, a frame each."""
    if len(levels) == 0:
        return []
    quiet = np.concatenate([[False], levels < levels.max() - QUIET_DB, [False]])
    starts, ends = np.flatnonzero(quiet[1:] & ~quiet[:-1]), np.flatnonzero(~quiet[1:] & quiet[:-1])
    least = PAUSE_SECONDS / FRAME_SECONDS
    inner = [
        (a, b) for a, b in zip(starts, ends, strict=True) if b - a >= least and a > 0 and b < len(levels)
    ]
    return [int(a + b) // 2 for a, b in inner]
