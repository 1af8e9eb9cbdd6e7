"""Sound that somebody sends us: what is taken, at which level it is kept, and why something is refused."""

from __future__ import annotations

from math import gcd

import numpy as np

from audio.clips import HEAD, MEGABYTE, Limits, decode, recognise
from audio.errors import AudioError, DecodeError
from audio.mastering.resample import resample
from audio.mastering.trim import trim
from audio.measure import SILENCE_DB, frame_levels_db
from audio.pcm import RATE, Pcm

LARGEST_BYTES = 20 * MEGABYTE  # a minute of stereo WAV, 24 bit
FRAME_SECONDS = 0.02
LEAST_SECONDS = 0.2  # of sound; less is a click
EDGE_SECONDS = 0.1
PEAK = 0.89  # −1 dBFS
LARGEST_GAIN = 100.0  # beyond that it would be the hiss that is made loud
STRANGE = 25  # rates that have less in common with ours need filters of millions of taps


class Refused(AudioError):
    """``code`` is one of large, unknown, broken, long, silent; the sentence is for the log."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def take(data: bytes, longest_seconds: float, largest_bytes: int = LARGEST_BYTES) -> Pcm:
    """The sound of a file's bytes at 48 kHz, mono, silence at its ends cut, its peak at −1 dBFS. Raises Refused.

    Its loudness is left to mastering, which knows the zone. ``longest_seconds`` counts what the file holds, silence included.
    """
    pcm = _decoded(data, longest_seconds, largest_bytes)
    if gcd(pcm.rate, RATE) < STRANGE:
        raise Refused("broken", f"Nobody records at {pcm.rate} Hz.")
    levels = frame_levels_db(pcm, FRAME_SECONDS)
    if np.count_nonzero(levels > SILENCE_DB) * FRAME_SECONDS < LEAST_SECONDS:
        raise Refused("silent", f"There is less than {LEAST_SECONDS} s of sound in it.")
    pcm = trim(resample(pcm, RATE), EDGE_SECONDS)
    gain = min(LARGEST_GAIN, PEAK / float(np.max(np.abs(pcm.samples))))
    return Pcm(pcm.samples * np.float32(gain), RATE)


def _decoded(data: bytes, longest_seconds: float, largest_bytes: int) -> Pcm:
    if len(data) > largest_bytes:
        raise Refused("large", f"It has {len(data)} bytes; at most {largest_bytes} are taken.")
    try:
        recognise(data[:HEAD])
    except DecodeError as error:
        raise Refused("unknown", str(error)) from error
    try:
        # Half a second more than allowed: players and recorders count a little differently.
        pcm = decode(data, Limits(largest_bytes, longest_seconds + 0.5))
    except DecodeError as error:
        code = "long" if "longer than" in str(error) else "broken"
        raise Refused(code, str(error)) from error
    return pcm
