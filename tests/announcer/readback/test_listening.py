"""From sound to verdict, with a recogniser that hears what the test tells it."""

from __future__ import annotations

import numpy as np
import pytest
from listeners import Parrot

from announcer.readback.listening import Asked, crest, read_back
from announcer.voices.silent import SilentVoice
from audio.pcm import Pcm, silence

WORDS = "kính thưa quý khách"
ASKED = Asked([WORDS], "vi")
SPEECH = SilentVoice().speak(WORDS, "vi")


def test_a_sound_that_says_its_words_is_good() -> None:
    assert read_back(Parrot(WORDS), ASKED, SPEECH, SPEECH).grade == "good"


def test_what_was_heard_is_compared_as_words_whatever_signs_it_is_written_with() -> None:
    spoken = "tàu khởi hành lúc mười chín giờ ba mươi phút"
    pcm = SilentVoice().speak(spoken, "vi")
    assert read_back(Parrot("Tàu khởi hành lúc 19h30."), Asked([spoken], "vi"), pcm, pcm).score == 1


def test_a_sound_far_too_long_for_its_words_is_bad() -> None:
    verdict = read_back(Parrot(WORDS), ASKED, SPEECH, Pcm(np.tile(SPEECH.samples, 3), SPEECH.rate))
    assert (verdict.grade, verdict.reasons) == ("bad", ("pace",))


def test_distortion_is_looked_for_before_mastering() -> None:
    square = Pcm(np.sign(SPEECH.samples), SPEECH.rate)
    assert read_back(Parrot(WORDS), ASKED, square, SPEECH).reasons == ("distorted",)


def test_pauses_between_phrases_are_expected() -> None:
    assert Asked([WORDS, WORDS], "vi").seconds > 2 * ASKED.seconds
    assert Asked([], "vi").seconds == 0


def test_what_was_asked_for_slowly_may_take_longer() -> None:
    usual = Asked([WORDS, WORDS], "vi", pause_seconds=0.0).seconds
    assert Asked([WORDS, WORDS], "vi", pace=0.5, pause_seconds=1.0).seconds == pytest.approx(2 * usual + 1)


def test_the_crest_of_simple_waves_is_known() -> None:
    phase = np.linspace(0, 2000 * np.pi, 48_000, dtype=np.float32)
    assert crest(Pcm(np.sin(phase))) == pytest.approx(2**0.5, rel=0.01)
    assert crest(Pcm(np.sign(np.sin(phase)) + np.float32(0.001))) == pytest.approx(1, rel=0.01)
    assert crest(silence(1)) == crest(silence(0)) == 0
