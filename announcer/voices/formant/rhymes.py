"""How a syllable goes on after its initial: the medial, the vowel, and the coda."""

from __future__ import annotations

from dataclasses import dataclass

from announcer.phonology.syllables import Syllable
from announcer.voices.formant.initials import INITIALS, Opened
from announcer.voices.formant.placing import Placed
from announcer.voices.formant.sounds import (
    CLOSED_BY_LIPS,
    CODA_PLACES,
    DIPHTHONGS,
    GLIDES,
    LENGTHS,
    MEDIAL,
    SHORT,
    Formants,
    between,
    by_lips,
    course,
    place,
    tone,
)
from announcer.voices.formant.tracks import NO_VOICE, Tracks

RHYME_SECONDS = 0.24
MEDIAL_SECONDS, FROM_MEDIAL_SECONDS = 0.055, 0.045
MEDIAL_LENGTHENS = 0.04
SHORTEST_NASAL_SECONDS = 0.05
STOP_SECONDS = 0.06
STOP_SECONDS_LAST = 0.072
NASAL_ZEROS = {"m": 900.0, "n": 1600.0, "nh": 2800.0, "ng": 3300.0}  # Hz
ZERO_BY_LIPS = 900.0


@dataclass(frozen=True)
class Times:
    """Of a rhyme, in seconds: the voice begins, the vowel is reached, the vowel ends, the rhyme would end."""

    voice: float
    vowel: float
    end: float
    whole: float

    def at(self, share: float) -> float:
        """``share`` (0…1) of the way from the voice's beginning to the vowel's end."""
        return self.voice + share * (self.end - self.voice)


@dataclass(frozen=True)
class Ended:
    """When the voice ends and when the next syllable may begin, in seconds."""

    voice: float
    syllable: float


def go_on(tracks: Tracks, here: Placed, opened: Opened, level: float) -> Ended:
    """Write the rhyme of ``here`` into ``tracks``; ``level`` is its vowel's, in dB."""
    syllable, times = here.syllable, _times(here, opened)
    if syllable.medial:
        tracks.shapes(MEDIAL, times.voice + min(opened.glide, 0.035), times.voice + MEDIAL_SECONDS)
    if syllable.coda in ("j", "w"):
        _glide(tracks, syllable, times)
        tracks.voice.to((times.end - 0.03, level - 1))
        return _open(tracks, here, times)
    _steady(tracks, syllable, times)
    tracks.voice.to((times.end - 0.02, level - 1))
    if syllable.coda in NASAL_ZEROS:
        return _nasal(tracks, here, times)
    if syllable.stopped:
        return _stop(tracks, here, times, level)
    _anticipate(tracks, here, times)
    return _open(tracks, here, times)


def vowel_share(syllable: Syllable) -> float:
    """How much of a rhyme is its vowel, 0…1."""
    short = syllable.nucleus in SHORT or (syllable.nucleus == "a" and syllable.coda in ("nh", "ch"))
    if syllable.stopped:
        return 0.62 if short else 0.78
    if syllable.coda in NASAL_ZEROS:
        return 0.45 if short or by_lips(syllable) or syllable.coda == "nh" else 0.68
    return 1.0


def _times(here: Placed, opened: Opened) -> Times:
    syllable, voice = here.syllable, opened.voice
    seconds = RHYME_SECONDS * here.stretched * LENGTHS[tone(syllable)]
    reached = MEDIAL_SECONDS + FROM_MEDIAL_SECONDS if syllable.medial else opened.glide
    longer = MEDIAL_LENGTHENS if syllable.medial else 0.0
    return Times(
        voice, voice + reached, voice + seconds * vowel_share(syllable) + longer, voice + seconds + longer
    )


def _steady(tracks: Tracks, syllable: Syllable, times: Times) -> None:
    """The vowel on its course, and the mouth closing for the coda in the end."""
    seconds = max(0.001, times.end - _closing_seconds(syllable, times) - times.vowel)
    for share, shape in course(syllable):
        tracks.shape(times.vowel + seconds * share, shape)
    if syllable.coda:
        tracks.shape(times.end, _closed(syllable))


def _closing_seconds(syllable: Syllable, times: Times) -> float:
    if syllable.stopped:
        return min(0.06, 0.4 * (times.end - times.voice))
    return 0.055 if syllable.coda else 0.0


def _closed(syllable: Syllable) -> Formants:
    """The formants as the mouth closes for the coda, which no vowel lets get all the way."""
    vowel = course(syllable)[-1][1]
    aim = CLOSED_BY_LIPS if by_lips(syllable) else place(CODA_PLACES[syllable.coda], vowel)
    return (aim[0] + 0.35 * (vowel[0] - aim[0]), *between(vowel, aim, 0.75)[1:])


def _glide(tracks: Tracks, syllable: Syllable, times: Times) -> None:
    """The vowel, and then on to i or u."""
    first, last = course(syllable)[0][1], course(syllable)[-1][1]
    towards = GLIDES[syllable.nucleus, syllable.coda]
    tracks.shape(times.vowel, first)
    if syllable.nucleus in DIPHTHONGS:
        tracks.shape(max(times.vowel + 0.02, times.at(0.45)), last)
        tracks.shape(max(times.vowel + 0.03, times.at(0.55)), last)
        there = times.at(0.92)
    else:
        leaves, arrives = (0.4, 0.75) if syllable.nucleus in SHORT else (0.45, 0.88)
        leaving = max(times.vowel, times.at(leaves))
        tracks.shape(leaving, last)
        there = max(leaving + 0.03, times.at(arrives))
    tracks.shapes(towards, there, times.end)


def _open(tracks: Tracks, here: Placed, times: Times) -> Ended:
    tracks.voice.to((times.end, -14 if here.last else -3))
    if here.last:
        tracks.voice.to((times.end + 0.03, -50))
    return Ended(times.end, times.end)


def _anticipate(tracks: Tracks, here: Placed, times: Times) -> None:
    """An open vowel leans to where the next consonant is made."""
    where = INITIALS[here.then.initial].where if here.then else ""
    if where:
        vowel = course(here.syllable)[-1][1]
        aim = place(where, vowel)
        leaning = (vowel[0] + 0.2 * (aim[0] - vowel[0]), *between(vowel, aim, 0.4)[1:])
        tracks.shape(times.end + 0.005, leaning)


def _nasal(tracks: Tracks, here: Placed, times: Times) -> Ended:
    syllable, closing = here.syllable, times.end
    zero = ZERO_BY_LIPS if by_lips(syllable) else NASAL_ZEROS[syllable.coda]
    longer = MEDIAL_LENGTHENS if syllable.medial else 0.0
    end = max(times.whole, closing + SHORTEST_NASAL_SECONDS + longer)
    tracks.nose_zero.hold(closing - 0.06)
    tracks.nose_zero.to((closing - 0.05, zero))
    tracks.nose.to(
        (max(times.voice + 0.02, closing - 0.05), 0), (closing - 0.005, 0.25), (closing + 0.008, 1)
    )
    tracks.nose.to((end, 1), (end + 0.02, 0))
    tracks.shapes(_closed(syllable), closing + 0.012, end)
    breaks = here.then is None or here.then.initial == ""
    tracks.voice.to((closing + 0.01, -2), (end - 0.03, -4), (end, -40 if breaks else -6))
    return Ended(end, end)


def _stop(tracks: Tracks, here: Placed, times: Times, level: float) -> Ended:
    """The voice is cut off, and nothing is heard of the mouth opening again."""
    tracks.voice.to((times.end - 0.004, level - 3), (times.end + 0.01, NO_VOICE))
    return Ended(times.end, times.end + (STOP_SECONDS_LAST if here.last else STOP_SECONDS))
