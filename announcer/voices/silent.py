"""A voice for tests and simulation: no words, but sound where words would be.

Noise at about −30 dB that rises and falls once a syllable, exactly as long as ``estimate_seconds`` says, at its pace. It is not
silence, so that loudness, mastering and read-back have something to work on; nobody can take it for an announcement.
"""

from __future__ import annotations

import numpy as np

from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.estimate import estimate_seconds, syllables
from announcer.voices.speech import clean, require_language
from audio.pcm import Pcm

SILENT_RATE = 24_000
PEAK = 0.1
SEED = 1


class SilentVoice(Voice):
    def __init__(self, languages: tuple[str, ...] = ("vi", "en")) -> None:
        self._languages = languages

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo("silent", "noise", "1", self._languages, "Apache-2.0", offline=True)

    def why_unavailable(self) -> str:
        return ""

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        text = clean(spoken)
        require_language(self.info, language)
        count = syllables(text, language)
        size = round(estimate_seconds(text, language) / pace * SILENT_RATE)
        noise = np.random.default_rng(SEED).uniform(-PEAK, PEAK, size)
        return Pcm((noise * np.sin(np.linspace(0, np.pi * count, size)) ** 2).astype(np.float32), SILENT_RATE)
