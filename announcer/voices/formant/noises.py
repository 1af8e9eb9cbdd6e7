"""Breath and friction: noise shaped every 5 ms, breath by the mouth, friction by spectra of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from announcer.voices.formant.sampling import STEP_SECONDS, Curves, envelope
from announcer.voices.formant.sounds import NOISES
from announcer.voices.formant.tracks import Curve, Noise
from announcer.voices.formant.tract import HERTZ, RATE, SIZE, tract

BLOCK = 256  # steps at a time, so that memory does not grow with the text
HOP = round(RATE * STEP_SECONDS)
WINDOW = 2 * HOP
MIDDLE = SIZE // 4  # where in its SIZE samples a step's noise stands
BESIDE_VOICE = -26.0  # dB: the breath that every voice has
VOICE_ON = -40.0  # dB
FAINT = 1e-3
WIDENED = 1.6  # an open glottis damps the mouth
BREATH_GAIN, GAIN = 0.08, 0.9
BRIGHT: Curve = 10 ** (np.clip((HERTZ - 300) / 1200, -0.25, 1) * 9 / 20)  # breath has little below


def breathed(
    curves: Curves, noises: Sequence[Noise], mouth: float, random: np.random.Generator
) -> Iterator[tuple[int, Curve]]:
    """(sample at which it begins, its SIZE samples) for each step in which there is noise; it may begin before 0."""
    steps = len(curves.times)
    white = random.standard_normal(WINDOW - HOP)
    friction = _friction(noises, curves.times)
    for first in range(0, steps, BLOCK):
        block = slice(first, min(first + BLOCK, steps))
        count = block.stop - first
        white = np.concatenate([white[HOP - WINDOW :], random.standard_normal(count * HOP)])
        power = _breath(curves.at(curves.times[block]), mouth)
        for spectrum, level in friction.items():
            power += np.square(level[block, None] * _spectrum(spectrum))
        heard = _shaped(sliding_window_view(white, WINDOW)[::HOP], np.sqrt(power))
        loud = np.flatnonzero(power.max(axis=1) > 1e-8)
        for step in loud.tolist():
            yield (first + step) * HOP - HOP - MIDDLE, heard[step]


def _shaped(white: Curve, amplitude: Curve) -> Curve:
    spectrum = np.fft.rfft(white * np.hanning(WINDOW + 1)[:WINDOW], SIZE, axis=1)
    return GAIN * np.roll(np.fft.irfft(spectrum * amplitude, SIZE, axis=1), MIDDLE, axis=1)


def _breath(curves: Curves, mouth: float) -> Curve:
    """Its power, shape (steps, frequencies)."""
    beside = 10 ** ((curves.voice + BESIDE_VOICE) / 20) * (curves.voice > VOICE_ON)
    level = 10 ** (curves.breath / 20) + beside
    heard = np.where(level > FAINT, BREATH_GAIN * level, 0.0)
    power: Curve = np.square(np.abs(tract(curves, mouth, WIDENED)) * BRIGHT * heard[:, None])
    return power


def _friction(noises: Sequence[Noise], times: Curve) -> dict[str, Curve]:
    """For each spectrum in use, its level over ``times``; two at once add as noises do."""
    power = {noise.spectrum: np.zeros_like(times) for noise in noises}
    for noise in noises:
        first, last = np.searchsorted(times, (noise.start - STEP_SECONDS, noise.end + STEP_SECONDS))
        strength = envelope(noise, times[first:last])
        power[noise.spectrum][first:last] += np.square(10 ** (noise.level / 20) * strength)
    return {spectrum: np.sqrt(level) for spectrum, level in power.items()}


@cache
def _spectrum(name: str) -> Curve:
    """Amplitude over HERTZ, of root mean square 1."""
    hertz, level = zip(*NOISES[name], strict=True)
    amplitude = 10 ** (np.interp(HERTZ, hertz, level) / 20)
    evened: Curve = amplitude / np.sqrt(np.mean(np.square(amplitude)))
    return evened
