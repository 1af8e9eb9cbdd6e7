import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mastering.loudness import level
from audio.measure import lufs, true_peak_db
from audio.pcm import Pcm, silence


@given(st.integers(0, 1000), st.floats(-30, -16), st.floats(0.02, 1.0))
def test_speech_reaches_its_loudness_under_the_ceiling(speech, seed, target, peak):
    levelled = level(speech(2.0, seed=seed, peak=peak), target, -1.5)
    assert lufs(levelled) == pytest.approx(target, abs=0.5)
    assert true_peak_db(levelled) <= -1.5 + 1e-3


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.39])
def test_a_short_sound_reaches_it_too(tone, seconds):
    assert lufs(level(tone(800, seconds, peak=0.05), -16.0, -1.5)) == pytest.approx(-16.0, abs=0.5)


def test_where_both_cannot_be_had_the_ceiling_wins():
    clap = np.zeros(48_000, np.float32)
    clap[24_000:24_020] = 0.5
    assert true_peak_db(level(Pcm(clap), -10.0, -3.0)) <= -3.0 + 1e-3


def test_hiss_is_not_blown_up_to_speech():
    hiss = np.random.default_rng(1).standard_normal(96_000).astype(np.float32) * 3e-4
    assert lufs(level(Pcm(hiss), -16.0, -1.5)) < -25


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_silence_stays_silence(seconds):
    assert not level(silence(seconds), -16.0, -1.5).samples.any()
