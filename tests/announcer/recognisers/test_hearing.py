"""The real recognisers on real sounds: slow to load, so there are few of these."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from announcer.readback.align import wer
from announcer.recognisers.viet_asr import VietAsr
from announcer.recognisers.whisper import Whisper
from announcer.voices.hanoi.voice import HanoiVoice
from announcer.voices.piper import joe
from audio.pcm import Pcm, silence

SENTENCE = "chúc một chuyến đi an toàn"


@pytest.fixture(scope="module")
def said() -> Iterator[Pcm]:
    voice = HanoiVoice()
    yield voice.speak(SENTENCE, "vi")
    voice.close()


@pytest.fixture(scope="module")
def ear() -> Iterator[VietAsr]:
    ear = VietAsr()
    yield ear
    ear.close()


def test_our_voice_is_understood(ear: VietAsr, said: Pcm) -> None:
    assert wer(SENTENCE.split(), ear.transcribe(said, "vi").words) <= 0.3


def test_nothing_of_a_long_sound_is_forgotten(ear: VietAsr, said: Pcm) -> None:
    parts = [part for _ in range(6) for part in (said.samples, silence(0.5, said.rate).samples)]
    heard = ear.transcribe(Pcm(np.concatenate(parts), said.rate), "vi")
    assert len(heard.words) >= 5 * len(SENTENCE.split())


def test_in_silence_nothing_is_heard(ear: VietAsr) -> None:
    assert ear.transcribe(silence(3), "vi").words == ()


def test_whisper_hears_english() -> None:
    voice, ear = joe(), Whisper()
    try:
        heard = ear.transcribe(voice.speak("please stand behind the yellow line", "en"), "en")
    finally:
        voice.close()
        ear.close()
    assert heard.words == tuple("please stand behind the yellow line".split())
