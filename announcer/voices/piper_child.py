"""The helper that speaks with one Piper model: loads it once, then answers jobs until it is left alone.

Run as ``python -m announcer.voices.piper_child MODEL.onnx``. A job is {"text", "wav", "speed", "noise", "rhythm_noise",
"speaker"}; the reply is {"rate"}. piper-tts is under GPL-3.0, which is one more reason to keep it out of our process.
"""

from __future__ import annotations

import json
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

from announcer.voices.serving import Job, Reply, serve

IDLE_SECONDS = 600.0
SEED = 1
PAUSE_SECONDS = 0.2  # between sentences; Piper itself leaves none


def load(model: Path) -> Any:
    """A PiperVoice on one thread: the other cores belong to playout, and one thread adds in the same order every time."""
    import onnxruntime  # type: ignore[import-untyped,unused-ignore]
    from piper import PiperConfig, PiperVoice

    onnxruntime.set_seed(SEED)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = (
        False  # the arena would keep the memory of the longest sentence ever spoken
    )
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    config = json.loads(Path(f"{model}.json").read_text(encoding="utf-8"))
    return PiperVoice(session=session, config=PiperConfig.from_dict(config))


def answering(voice: Any) -> Callable[[Job], Reply]:
    from piper import SynthesisConfig

    def answer(job: Job) -> Reply:
        manner = SynthesisConfig(
            speaker_id=job["speaker"],
            length_scale=voice.config.length_scale / job["speed"],
            noise_scale=job["noise"],
            noise_w_scale=job["rhythm_noise"],
        )
        return write(job["wav"], list(voice.synthesize(job["text"], manner)))

    return answer


def write(path: str, sentences: list[Any]) -> Reply:
    """One WAV, 16 bit mono, of Piper's chunks. Raises RuntimeError if there are none."""
    if not sentences:
        raise RuntimeError("Piper found nothing to say.")
    rate = sentences[0].sample_rate
    pause = bytes(2 * round(PAUSE_SECONDS * rate))
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(pause.join(sentence.audio_int16_bytes for sentence in sentences))
    return {"rate": rate}


if __name__ == "__main__":
    serve(answering(load(Path(sys.argv[1]))), IDLE_SECONDS)
