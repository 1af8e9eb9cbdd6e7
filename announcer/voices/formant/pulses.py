"""The voice: a pulse of the glottis for every period, and what the mouth makes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from announcer.voices.formant.manner import Manner
from announcer.voices.formant.sampling import STEP_SECONDS, Curves
from announcer.voices.formant.tracks import Curve
from announcer.voices.formant.tract import DELAY, HERTZ, RATE, SIZE, Response, resonator, tract

BLOCK = 256  # pulses at a time, so that memory does not grow with the text
AUDIBLE = -45.0  # dB
SLOWEST_HERTZ = 45.0
JITTER = 0.006  # how far periods differ from each other
CREAKY = 0.5
CREAK_SLOWS, CREAK_JITTER, CREAK_LEVEL = 0.62, 0.125, 0.55
FALLING_FROM = 1.92  # times the pitch
SOFT_DB = 2.0  # at 3 kHz, besides what the tone asks for
FLAT_ABOVE_HERTZ = 5000.0
HUM_HERTZ, HUM_GAIN = 300.0, 3.0
FADE = 128  # samples over which a response is brought to nothing
GAIN = 560.0


@dataclass(frozen=True)
class Pulses:
    """When the glottis closes, in seconds, and the period it begins; both of shape (n,)."""

    times: Curve
    periods: Curve


def pulses(curves: Curves, manner: Manner, seconds: float, random: np.random.Generator) -> Pulses:
    """All pulses that are heard. Periods differ a little at random, and much where the voice creaks."""
    found: list[tuple[float, float]] = []
    at = 0.05
    while at < seconds - 0.02:
        step = min(int(at / STEP_SECONDS), len(curves.times) - 1)
        hertz = manner.pitch * 2 ** (curves.pitch[step] / 12)
        if curves.creak[step] > CREAKY:
            hertz *= CREAK_SLOWS * (1 + CREAK_JITTER * random.standard_normal())
        hertz = max(SLOWEST_HERTZ, hertz) * (1 + JITTER * random.standard_normal())
        if curves.voice[step] > AUDIBLE:
            found.append((at, 1 / hertz))
        at += 1 / hertz
    times, periods = np.array(found).reshape(-1, 2).T
    return Pulses(times, periods)


def voiced(curves: Curves, pulses: Pulses, mouth: float) -> Iterator[tuple[int, Curve]]:
    """(sample at which it begins, its SIZE samples) for each pulse."""
    for first in range(0, len(pulses.times), BLOCK):
        times, periods = pulses.times[first : first + BLOCK], pulses.periods[first : first + BLOCK]
        here = curves.at(times)
        late = np.exp(-2j * np.pi * HERTZ / RATE * (times * RATE % 1.0)[:, None])  # within the sample
        heard = np.fft.irfft(tract(here, mouth) * _source(here, periods) * late, SIZE, axis=1)
        heard[:, -FADE:] *= np.linspace(1, 0, FADE)
        yield from zip((times * RATE).astype(int).tolist(), heard, strict=True)


def _source(curves: Curves, periods: Curve) -> Response:
    """The spectrum of each pulse at the lips: falling from about twice its pitch on, levelled, softened, muffled."""
    falling = resonator(0.0, FALLING_FROM / periods) * (1 - 0.97 * DELAY)
    soft = 10 ** (-(curves.softness + SOFT_DB)[:, None] * np.minimum(HERTZ, FLAT_ABOVE_HERTZ) / 3000 / 20)
    hum = HUM_GAIN / (1 + (HERTZ / HUM_HERTZ) ** 4)
    muffled = curves.muffled[:, None]
    loud = 10 ** (curves.voice / 20) * np.where(curves.creak > CREAKY, CREAK_LEVEL, 1.0)
    even = np.sqrt(125 * periods)  # as much power at any pitch
    source: Response = falling * soft * (1 - muffled + muffled * hum) * (GAIN * loud * even)[:, None]
    return source
