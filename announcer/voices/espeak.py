"""espeak-ng through pyttsx3: robotic, but it speaks about a hundred languages and always works.

Library and data come from pip (``espeakng-loader``); nothing needs to be installed on the system. It runs in a process
of its own, one per sentence, which ``espeak_child.py`` explains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from announcer.errors import VoiceTimeout, VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.child import Child, helper, speak_through
from announcer.voices.serving import Job
from announcer.voices.speech import checked, clean, require_language
from audio.pcm import Pcm

PACKAGES = ("pyttsx3", "espeakng_loader")
LICENCE = "espeak-ng GPL-3.0-or-later and pyttsx3 MPL-2.0, in a separate process"
ATTEMPTS = 2
LIMIT_SECONDS = 8.0
CHARACTERS_PER_SECOND = (
    500  # by which a long text extends the limit; a slow Raspberry Pi does several thousand
)
NOT_GIVEN = 5  # espeak-ng's own default where a voice file states no priority


@dataclass(frozen=True)
class Manner:
    """``rate`` in words a minute, ``pitch`` from 0 to 99 (50 is the voice's own)."""

    rate: int
    pitch: int


# 130 and 60 were understood best of all settings we tried, by a Vietnamese recogniser; it still misses most words.
MANNERS = {"vi": Manner(130, 60)}
OTHERS = Manner(150, 50)

# Where several voices claim a language, this one: the north's accent for Vietnamese.
CHOSEN = {"vi": "aav/vi", "en": "gmw/en-US"}


class EspeakVoice(Voice):
    """``variant`` is one of espeak-ng's ("f3", "m7"), or empty for the voice as it is."""

    def __init__(
        self,
        manners: Mapping[str, Manner] = MANNERS,
        others: Manner = OTHERS,
        variant: str = "",
        command: Sequence[str] = (),
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._manners = dict(manners)
        self._others = others
        self._variant = variant
        self._limit = limit_seconds
        self._child = Child("espeak", command or helper("announcer.voices.espeak_child"), keep=False)

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo(
            name="espeak",
            engine="pyttsx3 / espeak-ng",
            version=" / ".join(_version(package) for package in PACKAGES),
            languages=tuple(voices()),
            licence=LICENCE,
            offline=True,
            options=self._options(),
        )

    def why_unavailable(self) -> str:
        missing = [package for package in PACKAGES if not find_spec(package)]
        return f"The Python package {missing[0]} is not installed." if missing else ""

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        text = clean(spoken)
        if reason := self.why_unavailable():
            raise VoiceUnavailable(reason)
        require_language(self.info, language)
        manner = self._manners.get(language, self._others)
        voice = voices()[language] + (f"+{self._variant}" if self._variant else "")
        job: Job = {"text": text, "voice": voice, "rate": round(manner.rate * pace), "pitch": manner.pitch}
        return checked(self._patiently(job, len(text)), text, language, "espeak")

    def close(self) -> None:
        self._child.close()

    def _patiently(self, job: Job, characters: int) -> Pcm:
        """Ask again once after a timeout: pyttsx3 hangs now and then, and a new process does not."""
        seconds = self._limit + characters / CHARACTERS_PER_SECOND
        for _ in range(ATTEMPTS - 1):
            try:
                return speak_through(self._child, job, seconds)
            except VoiceTimeout:
                continue
        return speak_through(self._child, job, seconds)

    def _options(self) -> dict[str, str | int | float]:
        options: dict[str, str | int | float] = {"variant": self._variant}
        for language, manner in {**self._manners, "other": self._others}.items():
            options |= {f"{language}.rate": manner.rate, f"{language}.pitch": manner.pitch}
        return options


@cache
def voices() -> dict[str, str]:
    """Language ("vi") to espeak-ng's voice ("aav/vi"), our two languages first. Empty if espeak-ng is not installed."""
    try:
        import espeakng_loader

        folder = Path(espeakng_loader.get_data_path(), "lang")
    except (ImportError, RuntimeError):
        return {}
    claims = sorted(claim for file in folder.rglob("*") if file.is_file() for claim in _claims(file, folder))
    found = {
        language: voice for language, _, voice in reversed(claims)
    }  # the first claim overwrites the others
    return {language: CHOSEN.get(language, found[language]) for language in (*CHOSEN, *sorted(found))}


def _claims(file: Path, folder: Path) -> list[tuple[str, tuple[bool, int], str]]:
    """(language, how well, voice) for each line "language en-gb 2" of a voice file; lower is better."""
    claims = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split()
        if len(words) >= 2 and words[0] == "language":
            language, _, region = words[1].partition("-")
            priority = int(words[2]) if words[2:] and words[2].isdigit() else NOT_GIVEN
            claims.append((language, (bool(region), priority), file.relative_to(folder).as_posix()))
    return claims


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
