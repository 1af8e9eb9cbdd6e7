"""From raw speech to a sound fit for a loudspeaker: the steps, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audio.errors import AudioError
from audio.mastering.compressor import compress
from audio.mastering.equaliser import equalise
from audio.mastering.fades import fade
from audio.mastering.leveller import lift
from audio.mastering.loudness import level
from audio.mastering.profiles import Profile
from audio.mastering.resample import resample
from audio.mastering.trim import trim
from audio.measure import lufs, true_peak_db
from audio.pcm import RATE, Pcm

Step = Callable[[Pcm, Profile], Pcm]

# The fades come before the level, so that what is promised of loudness and peak holds for the finished sound.
STEPS: tuple[tuple[str, Step], ...] = (
    ("trim", lambda pcm, profile: trim(pcm, profile.edge_seconds)),
    ("resample", lambda pcm, profile: resample(pcm, RATE)),
    ("equaliser", lambda pcm, profile: equalise(pcm, profile.high_pass_hertz, profile.bands)),
    ("leveller", lambda pcm, profile: lift(pcm, profile.lift)),
    ("compressor", lambda pcm, profile: compress(pcm, profile.threshold_db, profile.ratio)),
    ("fades", lambda pcm, profile: fade(pcm, profile.fade_seconds)),
    ("loudness and limiter", lambda pcm, profile: level(pcm, profile.lufs, profile.ceiling_db)),
)


@dataclass(frozen=True)
class Mastered:
    """A finished sound at 48 kHz, with what it measures (LUFS, dBTP, seconds)."""

    pcm: Pcm
    lufs: float
    true_peak_db: float
    seconds: float


def master(pcm: Pcm, profile: Profile) -> Mastered:
    """Run every step. Raises AudioError for a sound of no length; silence comes back as silence, at −70 LUFS."""
    if len(pcm.samples) == 0:
        raise AudioError("There is no sound to master.")
    for _, step in STEPS:
        pcm = step(pcm, profile)
    return Mastered(pcm, lufs(pcm), true_peak_db(pcm), pcm.seconds)
