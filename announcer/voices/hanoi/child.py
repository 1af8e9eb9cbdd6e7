"""The helper that holds the network: loads it once, answers jobs until it is left alone.

Run as ``python -m announcer.voices.hanoi.child FOLDER``. A job is {"text", "wav"} and a Manner; the reply is
{"rate"}. In a process of its own because onnxruntime is native code and the network takes 300 MB that must be given back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from announcer.phonology.words import utterance
from announcer.voices.hanoi.manner import Manner
from announcer.voices.hanoi.model import RATE, Model
from announcer.voices.hanoi.phrases import phrases
from announcer.voices.joining import with_pauses
from announcer.voices.serving import Job, Reply, serve
from audio.pcm import Pcm
from audio.wav import write_wav

IDLE_SECONDS = 600.0
PAUSE_SECONDS = 0.25  # between sentences, beside the short silence each has at its ends
PEAK = 0.9


def answering(model: Model) -> Callable[[Job], Reply]:
    def answer(job: Job) -> Reply:
        manner = Manner(job["pace"], job["pitch"], job["style"], job["accent"])
        write_wav(Path(job["wav"]), speak(model, job["text"], manner))
        return {"rate": RATE}

    return answer


def speak(model: Model, text: str, manner: Manner) -> Pcm:
    sounds = [model.phrase(phrase, manner) for phrase in phrases(utterance(text))]
    if not sounds:
        raise ValueError("there are no words in it")
    whole = with_pauses(sounds, PAUSE_SECONDS)
    return Pcm(whole.samples * np.float32(PEAK / np.max(np.abs(whole.samples))), whole.rate)


if __name__ == "__main__":
    serve(answering(Model(Path(sys.argv[1]))), IDLE_SECONDS)
