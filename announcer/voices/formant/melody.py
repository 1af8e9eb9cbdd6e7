"""The tone of a syllable: how its pitch moves, where its voice creaks, how soft it is."""

from __future__ import annotations

from announcer.voices.formant.initials import Opened
from announcer.voices.formant.placing import Placed
from announcer.voices.formant.sounds import CONTOURS, CREAKS, tone
from announcer.voices.formant.tracks import Tracks

SOFT = {"huyen": 2.5}  # dB at 3 kHz: a breathy tone


def sing(tracks: Tracks, here: Placed, opened: Opened, end: float) -> None:
    """Write the tone of ``here`` into ``tracks``, from where its pitch begins to ``end`` (seconds)."""
    start, contour = opened.voice, CONTOURS[tone(here.syllable)]
    if opened.pitch < start:
        tracks.pitch.to((opened.pitch, contour[0][1] + here.pitch))
    for share, semitones in contour:
        tracks.pitch.to((start + share * (end - start), semitones + here.pitch))
    tracks.softness.to((start, SOFT.get(here.syllable.tone, 0)))
    if here.syllable.tone in CREAKS and not here.syllable.stopped:
        first, last = (start + share * (end - start) for share in CREAKS[here.syllable.tone])
        tracks.creak.to((first - 0.01, 0), (first + 0.01, 1), (last - 0.005, 1), (last + 0.005, 0))
