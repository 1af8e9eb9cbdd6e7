"""Every voice there is, in which order they are asked, and asking them until one speaks.

To add a voice: a class on the contract in ``base.py``, a line in ``ENGINES``, its place in ``ORDER``. See
docs/adding-a-voice.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from announcer.errors import VoiceError, VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.espeak import EspeakVoice
from announcer.voices.formant.voice import FormantVoice
from announcer.voices.google import GoogleVoice
from announcer.voices.hanoi.voice import HanoiVoice
from announcer.voices.joining import with_pauses
from announcer.voices.piper import discover, joe
from announcer.voices.recorded import INDEX, RecordedVoice
from announcer.voices.silent import SilentVoice
from audio.pcm import Pcm
from schedules.core.errors import NotFound

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.35

# Per language, from the best to the last resort. "piper" stands for every Piper voice in the voices folder.
ORDER: dict[str, tuple[str, ...]] = {
    "vi": (
        "recorded",
        "hanoi",
        "piper",
        "google",
        "formant",
        "espeak",
    ),
    "en": ("recorded", "piper:joe", "piper", "google", "espeak"),
}
SLOW = frozenset({"hanoi", "google"})  # seconds before the first word: asked last where a call cannot wait
OTHER_LANGUAGES = ("recorded", "piper", "google", "espeak")


@dataclass(frozen=True)
class Setup:
    """What voices are built from. ``home`` is the station's folder; ``orders`` replaces ORDER for a language."""

    home: Path
    google: bool = False
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    voices_folder: Path | None = None
    clips_folder: Path | None = None

    @property
    def voices(self) -> Path:
        return self.voices_folder or self.home / "voices"

    @property
    def clips(self) -> Path:
        return self.clips_folder or self.home / "clips"


ENGINES: dict[str, Callable[[Setup], Iterable[Voice]]] = {
    "espeak": lambda setup: [EspeakVoice()],
    "formant": lambda setup: [FormantVoice()],
    "piper": lambda setup: [joe(), *discover(setup.voices)],
    "google": lambda setup: [GoogleVoice(setup.home / "cache" / "google", enabled=setup.google)],
    "hanoi": lambda setup: [HanoiVoice()],
    "silent": lambda setup: [SilentVoice()],
}


@dataclass(frozen=True)
class Spoken:
    """Raw speech, who spoke it, and which voices before it did not: (name, why)."""

    pcm: Pcm
    voice_name: str
    voice_info: VoiceInfo
    tried: list[tuple[str, str]]


class Voices:
    """The voices of one station. ``speak`` may be called from several threads. ``close`` ends all helper processes."""

    def __init__(self, setup: Setup) -> None:
        self._orders: dict[str, Sequence[str]] = {**ORDER, **setup.orders}
        self._chosen_by_staff = set(setup.orders)
        self._not_set_up = _left_off(setup)
        self._voices = {voice.info.name: voice for build in ENGINES.values() for voice in build(setup)}
        self._voices["recorded"] = RecordedVoice(
            setup.clips, self._fallbacks()
        )  # last, for it leans on the others

    def all(self) -> list[Voice]:
        """Every voice, those that cannot speak now too."""
        return list(self._voices.values())

    def get(self, name: str) -> Voice:
        """Raises NotFound."""
        if name not in self._voices:
            raise NotFound(f"There is no voice “{name}”.", f"There are: {', '.join(sorted(self._voices))}.")
        return self._voices[name]

    def choose(self, language: str, preferred: str | None = None) -> list[Voice]:
        """The voices that can speak ``language`` now, in the order they will be asked."""
        names = self._names(language, preferred)
        return [self._voices[name] for name in names if not self._why_not(name, language)]

    def speaking(self) -> tuple[str, ...]:
        """The names of the voices that can speak now, each its own language or languages."""
        return tuple(name for name, voice in self._voices.items() if not voice.why_unavailable())

    def speak(
        self,
        spoken_phrases: Sequence[str],
        language: str,
        preferred: str | None = None,
        pause_seconds: float = PAUSE_SECONDS,
        pace: float = 1.0,
        hasty: bool = False,
    ) -> Spoken:
        """The phrases by the first voice that speaks them all, ``pause_seconds`` between them, at ``pace`` of its own speed.

        ``hasty`` asks the slow voices last, the preferred one too. Raises VoiceError with every voice's reason.
        """
        tried: list[tuple[str, str]] = []
        names = self._names(language, preferred)
        for name in sorted(names, key=SLOW.__contains__) if hasty else names:
            try:
                pcm = self._spoken_by(name, spoken_phrases, language, pause_seconds, pace)
                return Spoken(pcm, name, self._voices[name].info, tried)
            except VoiceError as error:
                tried.append((name, str(error)))
            except Exception as error:  # a fault in one voice must not keep the next from speaking
                log.exception("voice %s has a fault", name)
                tried.append((name, f"{type(error).__name__}: {error}"))
        reasons = " ".join(f"{name}: {reason}" for name, reason in tried)
        raise VoiceError(f"No voice spoke “{' '.join(spoken_phrases)}” in “{language}”. {reasons}".rstrip())

    def close(self) -> None:
        """End every helper process. Safe to call twice."""
        for voice in self._voices.values():
            if close := getattr(voice, "close", None):
                close()

    def _spoken_by(
        self, name: str, phrases: Sequence[str], language: str, pause_seconds: float, pace: float
    ) -> Pcm:
        if not phrases:
            raise VoiceError("There are no words to say.")
        if reason := self._why_not(name, language):
            raise VoiceUnavailable(reason)
        voice = self._voices[name]
        return with_pauses([voice.speak(phrase, language, pace) for phrase in phrases], pause_seconds)

    def _names(self, language: str, preferred: str | None) -> list[str]:
        """Names to ask, each once. ``preferred`` is a wish kept in a schedule: an unknown name is tried and noted."""
        order = self._orders.get(language, OTHER_LANGUAGES)
        if language not in self._chosen_by_staff:
            order = [name for name in order if name not in self._not_set_up]
        entries = [preferred, *order] if preferred else order
        return list(dict.fromkeys(name for entry in entries for name in self._named(entry, language)))

    def _named(self, entry: str, language: str) -> list[str]:
        """The voice of that name, else every voice of that engine for ``language``, else the name itself."""
        if entry in self._voices:
            return [entry]
        family = [name for name in self._voices if name.startswith(f"{entry}:")]
        return (
            [name for name in family if language in self._voices[name].info.languages] if family else [entry]
        )

    def _why_not(self, name: str, language: str) -> str:
        voice = self._voices.get(name)
        if voice is None:
            return "There is no voice of this name."
        if language not in voice.info.languages:
            return voice.why_unavailable() or f"It does not speak “{language}”."
        return voice.why_unavailable()

    def _fallbacks(self) -> dict[str, Voice]:
        """Per language the voice that fills gaps between recorded clips. It is fixed here, so that the same words give
        the same sound; one that needs the network is not asked for single words.
        """
        found: dict[str, Voice] = {}
        for language in self._orders:
            usable = [voice for voice in self.choose(language) if voice.info.offline]
            found |= {language: usable[0]} if usable else {}
        return found


def _left_off(setup: Setup) -> set[str]:
    """Voices that nobody switched on. Passing them over is no failure and is not reported as one."""
    off = {"google": not setup.google, "recorded": not (setup.clips / INDEX).exists()}
    return {name for name, left in off.items() if left}
