"""How every recogniser is asked: the sound as a WAV at 16 kHz, the answer from a helper process."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from announcer.errors import VoiceError
from announcer.recognisers.base import RecogniserError, RecogniserInfo, Transcript
from announcer.recognisers.words import spoken_words
from announcer.voices.child import Child
from announcer.voices.serving import Job
from audio.mastering.resample import resample
from audio.pcm import Pcm, silence
from audio.wav import write_wav

RATE = 16_000  # what recognisers of speech are made for
EDGE_SECONDS = 0.5  # of silence before and after; without it the first and last words are lost more often
LOADING_SECONDS = 30.0
SLOWEST = 3.0  # processor seconds per second of sound, on the slowest machine we would still wait for


def transcribe_through(child: Child, info: RecogniserInfo, pcm: Pcm, language: str) -> Transcript:
    """What ``child`` heard. Raises RecogniserError, also for a language that it does not know."""
    if language not in info.languages:
        raise RecogniserError(f"The recogniser {info.name} does not know “{language}”.")
    with tempfile.TemporaryDirectory(prefix="loaga-listen-") as folder:
        path = Path(folder, "speech.wav")
        write_wav(path, at_16k(pcm))
        job: Job = {"wav": str(path), "language": language}
        try:
            text = str(child.ask(job, LOADING_SECONDS + SLOWEST * pcm.seconds)["text"])
        except VoiceError as error:  # the helper's errors are named after the voices it was made for
            raise RecogniserError(str(error)) from error
    return Transcript(text, spoken_words(text, language))


def at_16k(pcm: Pcm) -> Pcm:
    """At 16 kHz, with silence at both ends."""
    edge = silence(EDGE_SECONDS, RATE).samples
    return Pcm(np.concatenate([edge, resample(pcm, RATE).samples, edge]), RATE)
