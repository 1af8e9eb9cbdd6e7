"""The helper that listens with viet-asr: loads its model once, then answers jobs until it is left alone.

Run as ``python -m announcer.recognisers.viet_asr_child``. A job is {"wav", "language"}, 16 bit mono; the reply is
{"text"}. It works on one thread by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from announcer.voices.serving import Job, Reply, serve

IDLE_SECONDS = 120.0


def load() -> Any:
    """The pipeline with the plain recogniser and nothing after it."""
    from vietasr import Pipeline

    return Pipeline.new().add("vietasr").build()


def answering(pipeline: Any) -> Callable[[Job], Reply]:
    def answer(job: Job) -> Reply:
        return {"text": pipeline.transcribe(job["wav"]).text.strip()}

    return answer


if __name__ == "__main__":
    serve(answering(load()), IDLE_SECONDS)
