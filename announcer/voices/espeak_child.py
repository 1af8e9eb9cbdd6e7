"""The helper that speaks with pyttsx3 over espeak-ng: one job, one WAV, then it ends.

Run as ``python -m announcer.voices.espeak_child``. A job is {"text", "voice", "rate", "pitch", "wav"}; the reply is
{"voice"}, the identifier of the voice that really spoke.

One job per process: the way we use pyttsx3 its loop hangs at a second job, and with its own way no two renderings were
equal. A fresh process gives the same bytes every time and costs less than a tenth of a second on a desktop computer.
"""

from __future__ import annotations

import ctypes
import os
import wave
from typing import Any

from announcer.voices.serving import Job, Reply, serve

IDLE_SECONDS = 30.0
RATE = 22_050  # espeak-ng's own


def load_library() -> None:
    """Make pyttsx3 find the espeak-ng that came from pip.

    pyttsx3 asks for "libespeak-ng.so.1" by name. A library of that soname which is already loaded answers to it, so no
    file need lie on the system's search path.
    """
    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def speak_in_our_own_thread() -> None:
    """Let espeak-ng finish each call before it returns.

    pyttsx3 has it work through a queue in a thread of its own, and empties that queue when its loop ends. Now and then
    that took away the rate just set (5 of 600 sentences, each in a fresh process, were over a third too short) or the
    sentence itself (33 of 6000 WAVs, in a process used again and again, were empty). Without the thread 800 of 800 came
    out equal to the byte.
    """
    from pyttsx3.drivers import _espeak

    _espeak.AUDIO_OUTPUT_RETRIEVAL = _espeak.AUDIO_OUTPUT_SYNCHRONOUS


def answer(job: Job) -> Reply:
    """Speak the job. Raises if espeak-ng complained or did not take the voice."""
    load_library()
    speak_in_our_own_thread()
    import pyttsx3

    engine = pyttsx3.init("espeak")
    speak(engine, job)
    require_voice(str(engine.getProperty("voice")), job["voice"])
    return {"voice": engine.getProperty("voice")}


def speak(engine: Any, job: Job) -> None:
    """Speak the job into its WAV. Raises RuntimeError with espeak-ng's complaint."""
    complaints: list[Exception] = []
    engine.connect("error", lambda name, exception: complaints.append(exception))
    for name in ("voice", "rate", "pitch"):
        engine.setProperty(name, job[name])
    engine.save_to_file(job["text"], job["wav"])
    engine.runAndWait()
    if complaints:
        raise RuntimeError(complaints[0])
    if (
        samples := engine.proxy._driver._data_buffer
    ):  # it saves at an event that only the other thread would send
        write(job["wav"], samples)


def write(path: str, samples: bytes) -> None:
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples)


def require_voice(current: str, wanted: str) -> None:
    """Raises RuntimeError if another voice was set: espeak-ng keeps the one before when it does not know a name, and
    Vietnamese read by an English voice is noise.
    """
    if current.lower() != wanted.lower():
        raise RuntimeError(f"espeak-ng spoke with the voice {current} instead of {wanted}.")


if __name__ == "__main__":
    serve(answer, IDLE_SECONDS, most_jobs=1)
