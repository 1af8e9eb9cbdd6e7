"""Tracks become curves: one value every 5 ms, the formants and the pitch rounded at their corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from announcer.voices.formant.planning import Plan
from announcer.voices.formant.tracks import Curve, Noise

STEP_SECONDS = 0.005
ROUND_STEPS = 4


@dataclass(frozen=True)
class Curves:
    """Values at ``times``, all of shape (n,) but ``formants``, (4, n). Units are those of Tracks."""

    times: Curve
    formants: Curve
    voice: Curve
    breath: Curve
    nose: Curve
    nose_zero: Curve
    muffled: Curve
    pitch: Curve
    creak: Curve
    softness: Curve

    def at(self, times: Curve) -> Curves:
        """The curves at other ``times`` (seconds)."""
        drawn = {
            name: np.interp(times, self.times, curve) for name, curve in vars(self).items() if curve.ndim == 1
        }
        formants = np.stack([np.interp(times, self.times, curve) for curve in self.formants])
        return Curves(formants=formants, **drawn)


def sample(plan: Plan) -> Curves:
    times = np.arange(0, plan.seconds, STEP_SECONDS)
    tracks = plan.tracks
    return Curves(
        times,
        formants=np.stack([_rounded(track.at(times)) for track in tracks.formants]),
        voice=tracks.voice.at(times),
        breath=tracks.breath.at(times),
        nose=tracks.nose.at(times),
        nose_zero=tracks.nose_zero.at(times),
        muffled=tracks.muffled.at(times),
        pitch=_rounded(tracks.pitch.at(times)),
        creak=tracks.creak.at(times),
        softness=tracks.softness.at(times),
    )


def envelope(noise: Noise, times: Curve) -> Curve:
    """How strong ``noise`` is at ``times`` (seconds), 0…1: up within its attack, down within its release."""
    half = STEP_SECONDS / 2
    rising = (times - noise.start + half) / max(noise.attack, half)
    falling = (noise.end - times + half) / max(noise.release, half)
    return np.clip(np.minimum(rising, falling), 0, 1)


def _rounded(curve: Curve) -> Curve:
    window = np.hanning(ROUND_STEPS + 2)[1:-1]
    padded = np.pad(curve, ROUND_STEPS, mode="edge")
    return np.convolve(padded, window / window.sum(), "same")[ROUND_STEPS:-ROUND_STEPS]
