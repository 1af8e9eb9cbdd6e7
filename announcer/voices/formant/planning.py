"""From syllables to tracks: each is begun, goes on, is given its tone, and is followed by what silence belongs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from announcer.phonology.words import Unit
from announcer.voices.formant.initials import INITIALS, Into
from announcer.voices.formant.melody import sing
from announcer.voices.formant.placing import Placed, placed
from announcer.voices.formant.rhymes import Ended, go_on
from announcer.voices.formant.sounds import CLOSE, start
from announcer.voices.formant.tracks import NO_VOICE, Tracks

LEAD_SECONDS, TAIL_SECONDS = 0.12, 0.15
AFTER_NANG_SECONDS = 0.04  # nặng breaks off


@dataclass(frozen=True)
class Plan:
    """``tracks`` over ``seconds``; ``spans`` are each syllable's start and the end of its voice, in seconds."""

    tracks: Tracks
    seconds: float
    spans: tuple[tuple[float, float], ...]


def plan(units: Sequence[Unit], pace: float = 1.0) -> Plan:
    """All of ``units``, one after the other; twice the ``pace`` makes them half as long, but for closures and bursts."""
    tracks, at, spans = Tracks(), LEAD_SECONDS, []
    for here in placed(units, pace):
        ended = _syllable(tracks, here, at)
        spans.append((at, ended.voice))
        at = ended.syllable
    return Plan(tracks, at + TAIL_SECONDS, tuple(spans))


def _syllable(tracks: Tracks, here: Placed, at: float) -> Ended:
    syllable = here.syllable
    level = -1.5 if syllable.nucleus in CLOSE else 0.0
    opened = INITIALS[syllable.initial].begin(
        tracks, at, Into(start(syllable), syllable.medial, level, here.stretched)
    )
    ended = go_on(tracks, here, opened, level)
    sing(tracks, here, opened, ended.voice)
    return _followed(tracks, here, ended)


def _followed(tracks: Tracks, here: Placed, ended: Ended) -> Ended:
    if here.last:
        tracks.voice.to((ended.syllable + 0.03, NO_VOICE))
        return Ended(ended.voice, ended.syllable + here.pause)
    if here.syllable.tone == "nang" and not here.syllable.stopped:
        tracks.voice.to((ended.voice - 0.008, -8), (ended.voice + 0.004, NO_VOICE))
        return Ended(ended.voice, ended.syllable + AFTER_NANG_SECONDS)
    return ended
