"""The voice ``hanoi`` as the registry knows it: its helper, its options, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from announcer.errors import VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.child import Child, helper, speak_through
from announcer.voices.estimate import estimate_seconds
from announcer.voices.hanoi import weights
from announcer.voices.hanoi.accent import accents_version, at_pace
from announcer.voices.hanoi.manner import Manner
from announcer.voices.speech import checked, clean, require_language
from audio.pcm import Pcm

VERSION = 3  # of our own tables and steps; raise it when the voice comes to sound different
LICENCE = "weights Kokoro-82M, Apache-2.0; front end ours"
LOADING_SECONDS = 30.0
USUAL = Manner()
SLOWEST = 6.0  # processor seconds per second of speech, on the slowest machine we would still wait for


class HanoiVoice(Voice):
    def __init__(
        self,
        manner: Manner = USUAL,
        folder: Path | None = None,
        command: Sequence[str] = (),
    ) -> None:
        self._manner = manner
        self._folder = folder or weights.folder()
        self._child = Child(
            "hanoi", command or [*helper("announcer.voices.hanoi.child"), str(self._folder)], keep=True
        )

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo(
            name="hanoi",
            engine="kokoro / onnxruntime",
            version=f"{VERSION} / {weights.weights_version()}",
            languages=("vi",),
            licence=LICENCE,
            offline=True,
            options={**asdict(self._manner), "accents": accents_version()},
        )

    @property
    def pid(self) -> int | None:
        """The helper's process id, for those who watch its memory; None while it does not run."""
        return self._child.pid

    def why_unavailable(self) -> str:
        return weights.why_not_installed(self._folder)

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        text = clean(spoken)
        if reason := self.why_unavailable():
            raise VoiceUnavailable(reason)
        require_language(self.info, language)
        seconds = LOADING_SECONDS + SLOWEST * estimate_seconds(text, language) / pace
        manner = replace(self._manner, pace=self._manner.pace * pace, accent=at_pace(pace))
        job = {"text": text, **asdict(manner)}
        pcm = speak_through(self._child, job, seconds)
        return checked(pcm, text, language, "hanoi")

    def close(self) -> None:
        self._child.close()
