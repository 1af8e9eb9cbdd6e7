"""From a sound to a verdict: one recogniser listens, a few things are measured, and the evidence is judged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from announcer.readback.verdict import Evidence, Verdict, judge
from announcer.recognisers.base import Recogniser, Transcript
from announcer.recognisers.words import spoken_words
from announcer.voices.estimate import estimate_seconds
from announcer.voices.registry import PAUSE_SECONDS
from audio.measure import FRAME_SECONDS, silence_ratio
from audio.pcm import Pcm

LOUD = 0.1  # of the loudest frame: below that, noise between the words would count


def read_back(
    recogniser: Recogniser,
    phrases: Sequence[str],
    language: str,
    raw: Pcm,
    finished: Pcm,
    pace: float = 1.0,
    pause_seconds: float = PAUSE_SECONDS,
) -> Verdict:
    """Whether ``finished`` says ``phrases`` (spoken form), asked for at ``pace`` with ``pause_seconds`` between them.
    ``raw`` is the speech before it was mastered: there a voice's distortion can still be measured. Raises RecogniserError.
    """
    heard = recogniser.transcribe(finished, language)
    return judge(evidence_of(heard, phrases, language, raw, finished, pace, pause_seconds))


def evidence_of(
    heard: Transcript,
    phrases: Sequence[str],
    language: str,
    raw: Pcm,
    finished: Pcm,
    pace: float = 1.0,
    pause_seconds: float = PAUSE_SECONDS,
) -> Evidence:
    """What can be judged of a sound that was listened to; see ``read_back``."""
    return Evidence(
        meant=spoken_words(" ".join(phrases), language),
        heard=heard.words,
        pace=finished.seconds / max(expected_seconds(phrases, language, pace, pause_seconds), FRAME_SECONDS),
        silence=silence_ratio(finished),
        crest=crest(raw),
    )


def expected_seconds(
    phrases: Sequence[str], language: str, pace: float = 1.0, pause_seconds: float = PAUSE_SECONDS
) -> float:
    """How long the phrases should take at ``pace``, with the pauses between them."""
    pauses = pause_seconds * max(0, len(phrases) - 1)
    return sum(estimate_seconds(phrase, language) for phrase in phrases) / pace + pauses


def crest(pcm: Pcm) -> float:
    """The median of peak over RMS in the loud frames of 20 ms: 1 for a square wave, 1.4 for a sine, 0 for no sound."""
    size = max(1, round(FRAME_SECONDS * pcm.rate))
    frames = pcm.samples[: len(pcm.samples) // size * size].reshape(-1, size)
    if len(frames) == 0 or not np.any(frames):
        return 0.0
    levels = np.sqrt(np.mean(np.square(frames), axis=1))
    loud = levels > LOUD * levels.max()
    return float(np.median(np.max(np.abs(frames[loud]), axis=1) / levels[loud]))
