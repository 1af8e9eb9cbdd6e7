"""How a sound is mastered, by name. Every number here goes into the cache key, the name does not: profiles of the
same numbers share their sounds.

Why −16 LUFS: speech for a hall must keep an even level well above the crowd. Compressed and equalised speech peaks some
18 dB above its loudness, so at −16 LUFS the limiter takes the highest 3 to 4 dB under the ceiling of −1.5 dBTP: as loud as
speech gets before it sounds squeezed. How loud the station really is, the amplifier decides; every announcement meets
it at the same level.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from audio.errors import AudioError

MASTERING_VERSION = 1  # of the steps themselves; raise it when a step comes to sound different


@dataclass(frozen=True)
class Band:
    """A bell at ``hertz``: ``gain_db`` at its middle, the wider the smaller ``q``."""

    hertz: float
    gain_db: float
    q: float


@dataclass(frozen=True)
class Profile:
    """Targets of one way to master.

    ``lufs`` and ``ceiling_db`` (dBTP) are promises; ``high_pass_hertz`` 0, ``lift`` 0 and ``ratio`` 1 leave a step out;
    ``threshold_db`` is relative to the sound's own loudness; ``edge_seconds`` stay before the first and after the last word.
    ``pace`` and ``pause_seconds`` are for the voice, not for the steps: the share of its own speed at which it speaks (1 its
    own; a voice that cannot slow down leaves it), and the silence between phrases.
    """

    name: str
    lufs: float
    ceiling_db: float
    high_pass_hertz: float
    bands: tuple[Band, ...]
    threshold_db: float
    ratio: float
    edge_seconds: float = 0.03
    fade_seconds: float = 0.005
    lift: float = 0.0
    pace: float = 1.0
    pause_seconds: float = 0.35


PRESENCE = Band(hertz=2_800, gain_db=3.0, q=0.8)  # consonants live here; a crowd's murmur lies below
CEILING = (Band(250, -4.8, 0.53), Band(5_600, 6.8, 0.34))  # 3 dB an octave from 300 to 4000 Hz
HORN = (Band(2_800, 5.0, 0.6),)

# Halls with ceiling loudspeakers. No compressor: after the lift it was understood less.
CONCOURSE = Profile("concourse", -16.0, -1.5, 200.0, CEILING, 0.0, 1.0, lift=0.5, pace=0.85)

# Which of these help, and how much, docs/voice.md tells; ``python -m benchmarks.intelligibility`` measures it again.
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("standard", -16.0, -1.5, 120.0, (PRESENCE,), threshold_db=-4.0, ratio=3.0),
        CONCOURSE,
        replace(CONCOURSE, name="waiting_room"),  # nothing better was found for smaller rooms
        # Horns: what lies below their band would only take loudness away from the rest.
        Profile("platform", -16.0, -1.5, 350.0, HORN, 0.0, 1.0, lift=0.5, pace=0.85),
        # Quieter, and evener so that it is still understood; less presence, which cuts through bedroom windows.
        Profile("night", -23.0, -6.0, 150.0, (Band(2_800, 1.5, 0.8),), threshold_db=-6.0, ratio=4.0),
        # Only the level is set: for tests, and for clips that a studio has already mastered.
        Profile("dry", -20.0, -1.5, 0.0, (), threshold_db=0.0, ratio=1.0),
    )
}


def profile(name: str) -> Profile:
    """Raises AudioError for a name that is not in the table."""
    try:
        return PROFILES[name]
    except KeyError:
        raise AudioError(
            f"There is no mastering profile {name!r}; there are {', '.join(PROFILES)}."
        ) from None


def identity(name: str) -> dict[str, Any]:
    """What must be kept with a sound to know whether mastering would make the same again; also for a name not in the table."""
    numbers = asdict(PROFILES[name]) if name in PROFILES else {"unknown": name}
    return {"steps": MASTERING_VERSION, **numbers, "name": ""}
