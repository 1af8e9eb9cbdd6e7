"""Recognisers for tests: they hear what they are told, without listening."""

from __future__ import annotations

from announcer.recognisers.base import Recogniser, RecogniserError, RecogniserInfo, Transcript
from announcer.recognisers.words import spoken_words
from audio.pcm import Pcm


class Parrot(Recogniser):
    """Hears ``texts`` one after the other, then the last one again and again; with none it fails."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)
        self.heard: list[Pcm] = []

    @property
    def info(self) -> RecogniserInfo:
        return RecogniserInfo("parrot", "1", ("vi",), "Apache-2.0")

    def why_unavailable(self) -> str:
        return ""

    def transcribe(self, pcm: Pcm, language: str) -> Transcript:
        if not self._texts:
            raise RecogniserError("The parrot is asleep.")
        self.heard.append(pcm)
        text = self._texts.pop(0) if len(self._texts) > 1 else self._texts[0]
        return Transcript(text, spoken_words(text, language))
