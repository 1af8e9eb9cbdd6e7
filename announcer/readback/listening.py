"""From a sound to a verdict: one recogniser listens, a few things are measured, and the evidence is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from announcer.readback.verdict import Evidence, Verdict, judge
from announcer.recognisers.base import Recogniser, Transcript
from announcer.recognisers.words import spoken_words
from announcer.voices.estimate import estimate_seconds
from announcer.voices.registry import PAUSE_SECONDS
from audio.measure import FRAME_SECONDS, silence_ratio
from audio.pcm import Pcm

LOUD = 0.1  # of the loudest frame: below that, noise between the words would count


@dataclass(frozen=True)
class Asked:
    """What a voice was asked for: ``phrases`` in spoken form, at ``pace`` of its own speed, ``pause_seconds`` between them."""

    phrases: Sequence[str]
    language: str
    pace: float = 1.0
    pause_seconds: float = PAUSE_SECONDS

    @property
    def seconds(self) -> float:
        """How long that should take."""
        pauses = self.pause_seconds * max(0, len(self.phrases) - 1)
        return sum(estimate_seconds(phrase, self.language) for phrase in self.phrases) / self.pace + pauses


def read_back(recogniser: Recogniser, asked: Asked, raw: Pcm, finished: Pcm) -> Verdict:
    """Whether ``finished`` says what was asked for. ``raw`` is the speech before it was mastered: there a voice's distortion
    can still be measured. Raises RecogniserError.
    """
    return judge(evidence_of(recogniser.transcribe(finished, asked.language), asked, raw, finished))


def evidence_of(heard: Transcript, asked: Asked, raw: Pcm, finished: Pcm) -> Evidence:
    """What can be judged of a sound that was listened to; see ``read_back``."""
    return Evidence(
        meant=spoken_words(" ".join(asked.phrases), asked.language),
        heard=heard.words,
        pace=finished.seconds / max(asked.seconds, FRAME_SECONDS),
        silence=silence_ratio(finished),
        crest=crest(raw),
    )


def crest(pcm: Pcm) -> float:
    """The median of peak over RMS in the loud frames of 20 ms: 1 for a square wave, 1.4 for a sine, 0 for no sound."""
    size = max(1, round(FRAME_SECONDS * pcm.rate))
    frames = pcm.samples[: len(pcm.samples) // size * size].reshape(-1, size)
    if len(frames) == 0 or not np.any(frames):
        return 0.0
    levels = np.sqrt(np.mean(np.square(frames), axis=1))
    loud = levels > LOUD * levels.max()
    return float(np.median(np.max(np.abs(frames[loud]), axis=1) / levels[loud]))
