"""How each consonant begins a syllable: a class for each way to do it, and a table of who does it how.

Seconds and decibels here are ours, tuned on what a recogniser understood; levels are relative to the middle of a vowel.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from announcer.voices.formant.sounds import BEFORE_MEDIAL, Formants, between, place
from announcer.voices.formant.tracks import NO_BREATH, NO_VOICE, Noise, Tracks

CONSONANT_SECONDS = 0.085
CLOSURE_SECONDS = 0.09
GLIDE_SECONDS = 0.06
LIPS_GIVE_WAY, TONGUE_GIVES_WAY = 0.35, 0.45  # how far a place is drawn to the vowel behind it, 0…1
FRONT_HERTZ = 1700  # F2 above which the noise at the velum is that of a front vowel
STILL_ON = -20.0  # above it the voice of the syllable before has not ended


@dataclass(frozen=True)
class Into:
    """What an initial opens into: ``shape`` at ``level`` (dB), and how far the syllable is ``stretched`` (1: not)."""

    shape: Formants
    medial: bool
    level: float
    stretched: float

    def seconds(self, times: float) -> float:
        """How long a consonant lasts that is ``times`` as long as most."""
        return times * CONSONANT_SECONDS * min(1.15, self.stretched)

    @property
    def glide(self) -> float:
        return GLIDE_SECONDS * min(1.2, self.stretched)

    def at_velum(self, noise: str) -> str:
        return f"{noise} {'front' if self.shape[1] > FRONT_HERTZ else 'back'}"

    def closed_at(self, where: str) -> Formants:
        """The formants as the mouth opens from ``where``: F1 is the place's own, the others lean to the vowel."""
        aim = place(where, BEFORE_MEDIAL if self.medial else self.shape)
        return (aim[0], *between(aim, self.shape, LIPS_GIVE_WAY if where == "lips" else TONGUE_GIVES_WAY)[1:])


@dataclass(frozen=True)
class Opened:
    """When the voice of the vowel begins, when its pitch does, and how long formants take to it; all in seconds."""

    voice: float
    pitch: float
    glide: float


class Initial(ABC):
    where: str

    @abstractmethod
    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        """Write the consonant into ``tracks`` from ``at`` (seconds) on."""


@dataclass(frozen=True)
class Nothing(Initial):
    """No consonant: the voice dips as the throat closes for a moment."""

    where: str = ""

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        tracks.voice.hold(at)
        opening = at + 0.03
        tracks.voice.to((at + 0.02, -40), (opening, -40), (opening + 0.015, into.level))
        tracks.shape(at + 0.02, into.shape)
        return Opened(opening, opening, glide=0.01)


@dataclass(frozen=True)
class Implosive(Initial):
    """b and đ: a hum behind closed lips or tongue, a small burst. ``burst`` is a level in dB."""

    where: str
    noise: str
    burst: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        closed, opening = into.closed_at(self.where), at + into.seconds(0.95)
        tracks.voice.to((at + 0.012, -28), (opening - 0.004, -24), (opening + 0.006, into.level - 1))
        tracks.muffled.to((at, 0), (at + 0.012, 1), (opening - 0.004, 1), (opening, 0))
        tracks.shape(at + 0.015, (200, *closed[1:]))
        tracks.shape(opening, closed)
        tracks.noises.append(Noise(opening - 0.003, opening + 0.006, self.noise, self.burst, 0.001, 0.004))
        return Opened(opening, pitch=at + into.seconds(0.38), glide=0.6 * into.glide)


@dataclass(frozen=True)
class Nasal(Initial):
    """The mouth is closed and the nose sounds; ``zero`` (Hz) is what the closed mouth swallows, by its length."""

    where: str
    zero: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        closed, seconds = into.closed_at(self.where), into.seconds(0.95)
        opening = at + seconds
        tracks.nose_zero.hold(at)
        tracks.nose_zero.to((at + 0.005, self.zero), (opening + 0.05, self.zero))
        tracks.nose.hold(at)
        tracks.nose.to((at + 0.012, 1), (opening - 0.005, 1))
        tracks.nose.to((opening + 0.006, 0.1), (opening + 0.03, 0.15), (opening + 0.06, 0))
        tracks.voice.to((at + 0.012, -1), (opening - 0.006, -1), (opening + 0.012, into.level))
        tracks.shapes(closed, at + 0.015, opening - 0.008)
        tracks.shape(opening, (closed[0] + 120, *closed[1:]))
        return Opened(opening, pitch=at + 0.3 * seconds, glide=into.glide)


@dataclass(frozen=True)
class Stop(Initial):
    """Silence, a burst, breath for ``delay`` seconds, then the voice. ``burst`` and ``breath`` are levels in dB."""

    where: str
    noise: str
    burst: float
    burst_seconds: float
    delay: float
    breath: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        closed, opening = into.closed_at(self.where), at + CLOSURE_SECONDS
        voice = opening + self.delay
        noise = into.at_velum(self.noise) if self.where == "velum" else self.noise
        tracks.voice.to((at + 0.01, NO_VOICE), (voice - 0.002, NO_VOICE), (voice + 0.012, into.level))
        tracks.shape(opening, closed)
        tracks.noises.append(Noise(opening, opening + self.burst_seconds, noise, self.burst, 0.001, 0.006))
        tracks.breath.to((opening, NO_BREATH), (opening + 0.008, self.breath))
        tracks.breath.to((voice, self.breath - 2), (voice + 0.02, NO_BREATH))
        return Opened(voice, voice, self._moved(tracks, voice, closed, into))

    def _moved(self, tracks: Tracks, voice: float, closed: Formants, into: Into) -> float:
        """The mouth opens during a long breath, so that less of the glide is left for the voice."""
        if self.delay < 0.04:
            return into.glide
        tracks.shape(voice, between(closed, into.shape, 0.6))
        return 0.03


@dataclass(frozen=True)
class Affricate(Initial):
    """Silence, then friction."""

    where: str
    noise: str
    level: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        opening = at + 0.8 * CLOSURE_SECONDS
        voice = opening + 0.05
        tracks.shapes(into.closed_at(self.where), opening, voice)
        tracks.noises.append(Noise(opening, voice, self.noise, self.level, 0.004, 0.02))
        tracks.voice.to((at + 0.01, NO_VOICE), (voice - 0.004, NO_VOICE), (voice + 0.012, into.level))
        return Opened(voice, voice, into.glide)


@dataclass(frozen=True)
class Fricative(Initial):
    """Friction without voice."""

    where: str
    noise: str
    level: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        voice = at + into.seconds(1.25)
        tracks.shapes(into.closed_at(self.where), at + 0.02, voice)
        tracks.noises.append(Noise(at - 0.012, voice + 0.008, self.noise, self.level, 0.03, 0.02))
        tracks.voice.to((at + 0.04, NO_VOICE), (voice - 0.004, NO_VOICE), (voice + 0.015, into.level))
        return Opened(voice, voice, into.glide)


@dataclass(frozen=True)
class Rasp(Initial):
    """kh: breath through a mouth narrowed at the velum. As a noise of its own it was not understood."""

    where: str
    breath: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        voice = at + into.seconds(1.65)
        tracks.shapes(into.closed_at(self.where), at + 0.02, voice)
        tracks.breath.to((at - 0.022, NO_BREATH), (at - 0.012, -34), (at + 0.015, self.breath))
        tracks.breath.to((voice, self.breath), (voice + 0.02, -60))
        tracks.voice.to((at + 0.04, NO_VOICE), (voice - 0.004, NO_VOICE), (voice + 0.015, into.level))
        return Opened(voice, voice, into.glide)


@dataclass(frozen=True)
class VoicedFricative(Initial):
    """Friction of ``level`` and voice of ``voiced`` dB together."""

    where: str
    noise: str
    level: float
    voiced: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        opening = at + into.seconds(1)
        noise = into.at_velum(self.noise) if self.where == "velum" else self.noise
        tracks.shapes(into.closed_at(self.where), at + 0.02, opening)
        tracks.voice.to(
            (at + 0.02, self.voiced), (opening - 0.005, self.voiced), (opening + 0.012, into.level)
        )
        tracks.noises.append(Noise(at, opening + 0.005, noise, self.level, 0.02, 0.015))
        return Opened(opening, at + 0.01, into.glide)


@dataclass(frozen=True)
class Lateral(Initial):
    """l: the voice flows round the tongue."""

    where: str
    voiced: float

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        opening = at + into.seconds(0.9)
        tracks.shapes((340, 1200 if into.shape[1] < 1600 else 1450, 2700), at + 0.02, opening - 0.005)
        tracks.voice.to(
            (at + 0.02, self.voiced), (opening - 0.005, self.voiced), (opening + 0.012, into.level)
        )
        return Opened(opening, at + 0.01, glide=0.04)


@dataclass(frozen=True)
class Breath(Initial):
    """h: breath through the mouth of the vowel to come. Between vowels the voice goes on beneath it, ``voiced`` dB."""

    breath: float
    voiced: float
    where: str = ""

    def begin(self, tracks: Tracks, at: float, into: Into) -> Opened:
        voice = at + into.seconds(1.3)
        tracks.shapes(into.shape, at + 0.02, voice)
        tracks.breath.to((at - 0.02, NO_BREATH), (at - 0.005, -34), (at + 0.03, self.breath))
        tracks.breath.to((voice, self.breath), (voice + 0.04, NO_BREATH))
        goes_on = tracks.voice.now > STILL_ON
        if goes_on:
            tracks.voice.to((at + 0.025, self.voiced), (voice - 0.01, self.voiced))
        else:
            tracks.voice.to((at + 0.01, NO_VOICE), (voice - 0.03, NO_VOICE))
        tracks.voice.to((voice + 0.02, into.level))
        return Opened(voice, at + 0.02 if goes_on else voice, glide=0.01)


INITIALS: dict[str, Initial] = {
    "": Nothing(),
    "b": Implosive("lips", "pop", burst=-22),
    "đ": Implosive("ridge", "sharp", burst=-9),
    "m": Nasal("lips", zero=900),
    "n": Nasal("ridge", zero=1600),
    "nh": Nasal("palate", zero=2300),
    "ng": Nasal("velum", zero=3300),
    "p": Stop("lips", "pop", burst=-22, burst_seconds=0.010, delay=0.012, breath=-18),
    "t": Stop("teeth", "teeth", burst=-23, burst_seconds=0.012, delay=0.015, breath=-16),
    "th": Stop("teeth", "teeth", burst=-17, burst_seconds=0.014, delay=0.075, breath=-10),
    "k": Stop("velum", "velum", burst=-14, burst_seconds=0.018, delay=0.024, breath=-20),
    "ch": Affricate("palate", "hush", level=-13),
    "ph": Fricative("lips", "lips", level=-24),
    "s": Fricative("teeth", "hiss", level=-12),
    "kh": Rasp("velum", breath=-6),
    "v": VoicedFricative("lips", "lips", level=-28, voiced=-7),
    "d": VoicedFricative("teeth", "hiss", level=-19, voiced=-8),
    "g": VoicedFricative("velum", "rasp", level=-24, voiced=-8),
    "l": Lateral("ridge", voiced=-5),
    "h": Breath(breath=-13, voiced=-14),
}
