"""The signal a room is measured with: quiet, a sweep and its echo, noise as loud as speech, quiet again.

The sweep (exponential, after Farina 2000) gives the impulse response; the noise has the octave levels of a male voice
after IEC 60268-16 and tells, against the quiet, by how much speech stands above what else is heard there.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from audio.mastering.fades import fade
from audio.pcm import RATE, Pcm

QUIET_SECONDS = 2.0
SWEEP_SECONDS = 6.0
ECHO_SECONDS = 4.0
SPEECH_SECONDS = 6.0
LOWEST, HIGHEST = 60.0, 15_000.0  # Hz
LEVEL_DB = -20.0  # RMS of the noise, as loud as mastered announcements
PEAK = 0.25
HELD_BACK = 1e-4
# Octave levels of a male voice relative to its whole, in dB.
VOICE = ((125, 2.9), (250, 2.9), (500, -0.8), (1000, -6.8), (2000, -12.8), (4000, -18.8), (8000, -24.8))

# Where each part lies, in seconds from the start of the signal.
SWEEP_AT = QUIET_SECONDS
SPEECH_AT = SWEEP_AT + SWEEP_SECONDS + ECHO_SECONDS
SECONDS = SPEECH_AT + SPEECH_SECONDS + ECHO_SECONDS


@lru_cache(maxsize=2)
def test_signal(rate: int = RATE) -> Pcm:
    """The whole signal, 24 s, always the same."""
    whole = np.zeros(round(SECONDS * rate), np.float32)
    for begin, part in ((SWEEP_AT, sweep(rate)), (SPEECH_AT, _voice(rate))):
        start = round(begin * rate)
        whole[start : start + len(part.samples)] = part.samples
    return Pcm(whole, rate)


def sweep(rate: int = RATE) -> Pcm:
    t = np.arange(round(SWEEP_SECONDS * rate)) / rate
    octaves = np.log(HIGHEST / LOWEST)
    phase = 2 * np.pi * LOWEST * SWEEP_SECONDS / octaves * np.expm1(t / SWEEP_SECONDS * octaves)
    return fade(Pcm((PEAK * np.sin(phase)).astype(np.float32), rate), 0.02)


def unswept(recording: Pcm) -> Pcm:
    """The recording with every sweep in it drawn together to the moment at which it began; same rate and length.

    Division of the spectra, held back where the sweep has nothing. What hisses stays hiss.
    """
    sent = sweep(recording.rate).samples
    size = len(recording.samples) + len(sent)
    heard, played = np.fft.rfft(recording.samples, size), np.fft.rfft(sent, size)
    power = np.square(np.abs(played))
    drawn = np.fft.irfft(heard * np.conj(played) / (power + HELD_BACK * power.max()), size)
    return Pcm(drawn[: len(recording.samples)].astype(np.float32), recording.rate)


def _voice(rate: int) -> Pcm:
    count = round(SPEECH_SECONDS * rate)
    hertz = np.fft.rfftfreq(count, 1 / rate)
    # An octave is the wider the higher it lies: its level spread over its width is 10 log f lower per hertz.
    density = np.array([level - 10 * np.log10(middle) for middle, level in VOICE])
    level = np.interp(np.log2(np.maximum(hertz, 1)), np.log2([middle for middle, _ in VOICE]), density)
    gain = np.where((hertz > VOICE[0][0] / 2) & (hertz < VOICE[-1][0] * 1.5), 10 ** (level / 20), 0.0)
    noise = np.fft.irfft(np.fft.rfft(np.random.default_rng(1).standard_normal(count)) * gain, count)
    scaled = noise / np.sqrt(np.mean(np.square(noise))) * 10 ** (LEVEL_DB / 20)
    return fade(Pcm(np.clip(scaled, -1, 1).astype(np.float32), rate), 0.02)
