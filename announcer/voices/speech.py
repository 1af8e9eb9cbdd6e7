"""What every voice does with the words before it speaks, and with the sound after."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from announcer.errors import VoiceError
from announcer.voices.base import VoiceInfo
from announcer.voices.estimate import estimate_seconds
from audio.pcm import Pcm

MOST_CHARACTERS = 10_000  # about ten minutes; also what surely fits into a pipe at once
QUIETEST_RMS = 0.001  # −60 dB below full scale
SHORTEST, LONGEST, SLACK_SECONDS = 0.3, 3.0, 0.8

TRIAL = {"vi": "xin chào", "en": "hello"}  # what a voice says to show that it speaks

BRACKETS = str.maketrans("[]<>{}", "      ")  # espeak and Piper take phonemes and mark-up between them


def clean(spoken: str) -> str:
    """NFC, single spaces, no control characters and no brackets. Raises VoiceError if no word is left, or too many."""
    text = unicodedata.normalize("NFC", spoken).translate(BRACKETS)
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs") else letter for letter in text)
    text = re.sub(r"\s+", " ", text).strip()
    if not any(letter.isalnum() for letter in text):
        raise VoiceError("There are no words to say.")
    if len(text) > MOST_CHARACTERS:
        raise VoiceError(f"The text is longer than {MOST_CHARACTERS} characters.")
    return text


def require_language(info: VoiceInfo, language: str) -> None:
    """Raises VoiceError unless the voice speaks ``language`` ("vi")."""
    if language not in info.languages:
        raise VoiceError(f"The voice {info.name} does not speak “{language}”.")


def checked(pcm: Pcm, spoken: str, language: str, who: str) -> Pcm:
    """``pcm`` itself if it can be ``spoken``: audible, and about as long as such words take. Raises VoiceError."""
    if rms(pcm) < QUIETEST_RMS:
        raise VoiceError(f"{who} returned silence.")
    expected = estimate_seconds(spoken, language)
    if not SHORTEST * expected - SLACK_SECONDS <= pcm.seconds <= LONGEST * expected + SLACK_SECONDS:
        raise VoiceError(
            f"{who} returned {pcm.seconds:.1f} s of sound where about {expected:.1f} s were expected."
        )
    return pcm


def rms(pcm: Pcm) -> float:
    """The root of the mean square of the samples, 0…1; 0 for an empty sound."""
    return float(np.sqrt(np.mean(np.square(pcm.samples, dtype=np.float64)))) if len(pcm.samples) else 0.0
