"""A helper process is asked, and whatever it does instead of listening becomes one of our errors."""

from __future__ import annotations

import sys
from contextlib import closing

import numpy as np
import pytest

from announcer.recognisers.base import RecogniserError, RecogniserInfo
from announcer.recognisers.listening import RATE, at_16k, transcribe_through
from announcer.recognisers.viet_asr import VietAsr
from announcer.voices.child import Child
from audio.pcm import Pcm, silence

INFO = RecogniserInfo("planted", "1", ("vi",), "Apache-2.0")
MEASURING = """
import wave
from announcer.voices.serving import serve
def answer(job):
    print("a library's chatter")
    with wave.open(job["wav"]) as file:
        return {"text": f"Nghe {file.getnframes() / file.getframerate():g} giây"}
serve(answer, idle_seconds=60)
"""
CRASHING = "import sys\nsys.stdin.readline()\nsys.exit('no such model')"


def planted(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_the_helper_gets_the_sound_with_silence_around_it() -> None:
    with closing(Child("planted", planted(MEASURING), keep=True)) as child:
        heard = transcribe_through(child, INFO, silence(3), "vi")
    assert heard.words == ("nghe", "bốn", "giây")


def test_a_helper_that_crashes_is_one_sentence() -> None:
    with (
        closing(VietAsr(planted(CRASHING))) as recogniser,
        pytest.raises(RecogniserError, match="no such model"),
    ):
        recogniser.transcribe(silence(1), "vi")


def test_a_language_it_does_not_know_is_refused() -> None:
    with closing(VietAsr()) as recogniser, pytest.raises(RecogniserError, match="does not know “en”"):
        recogniser.transcribe(silence(1), "en")


def test_any_rate_becomes_sixteen_kilohertz() -> None:
    pcm = Pcm(np.full(22_050, 0.1, np.float32), 22_050)
    assert at_16k(pcm).rate == RATE
    assert at_16k(pcm).seconds == pytest.approx(2)
