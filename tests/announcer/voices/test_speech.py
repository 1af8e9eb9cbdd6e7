"""What every voice checks: words before, sound after."""

from __future__ import annotations

import numpy as np
import pytest

from announcer.errors import VoiceError
from announcer.voices.silent import SilentVoice
from announcer.voices.speech import checked, clean
from audio.pcm import Pcm, silence


def test_text_is_composed_and_its_spaces_are_single() -> None:
    assert clean(" xin\n chào\u200b\t quy\u0301 khách ") == "xin chào quý khách"


def test_brackets_that_engines_would_read_as_phonemes_or_markup_are_gone() -> None:
    assert clean("ga [[h@lo]] <break/> Láng") == "ga h@lo break/ Láng"


def test_speech_as_long_as_its_words_passes() -> None:
    pcm = SilentVoice().speak("xin chào quý khách", "vi")
    assert checked(pcm, "xin chào quý khách", "vi", "it") is pcm


@pytest.mark.parametrize("pcm", [silence(2.0), silence(0.0), Pcm(np.full(48_000, 1e-4, np.float32))])
def test_silence_for_words_is_refused(pcm: Pcm) -> None:
    with pytest.raises(VoiceError, match="silence"):
        checked(pcm, "xin chào quý khách", "vi", "it")


@pytest.mark.parametrize("said", ["xin", "xin chào quý khách " * 30])
def test_far_too_short_and_far_too_long_sound_is_refused(said: str) -> None:
    pcm = SilentVoice().speak(said, "vi")
    with pytest.raises(VoiceError, match="were expected"):
        checked(pcm, "xin chào quý khách, tàu sắp vào ga Cát Linh, mời lên tàu ngay, xin cảm ơn", "vi", "it")
