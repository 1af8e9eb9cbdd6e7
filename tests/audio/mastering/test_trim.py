import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mastering.trim import trim
from audio.pcm import RATE, Pcm, silence

EDGE = 0.03


def between_silences(sound, before, after):
    return Pcm(np.concatenate([silence(before).samples, sound.samples, silence(after).samples]))


@given(st.floats(0.1, 1.5), st.floats(0.1, 1.5))
def test_silence_goes_and_thirty_milliseconds_stay(tone, before, after):
    trimmed = trim(between_silences(tone(seconds=0.5), before, after), EDGE)
    assert trimmed.seconds == pytest.approx(0.5 + 2 * EDGE, abs=0.021)


@given(st.integers(0, 50), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1.0))
def test_no_word_is_eaten(speech, seed, before, after, peak):
    words = speech(2.0, seed=seed, peak=peak)
    trimmed = trim(between_silences(words, before, after), 0.0)
    lost = between_silences(words, before, after).samples.astype(float)
    start = round(before * RATE)
    kept = np.convolve(trimmed.samples, [1])  # same samples, found again by their energy
    assert np.sum(kept**2) >= 0.99999 * np.sum(lost[start:] ** 2)


def test_a_soft_breath_before_a_word_stays(tone):
    breath = (
        np.random.default_rng(1).standard_normal(round(0.1 * RATE)).astype(np.float32) * 0.005
    )  # −37 dB below
    word = Pcm(np.concatenate([breath, tone(200, 0.3, peak=0.7).samples]))
    assert trim(between_silences(word, 0.5, 0.5), EDGE).seconds >= word.seconds + 2 * EDGE - 0.001


def test_a_sound_without_silence_stays_as_it_is(tone):
    assert np.array_equal(trim(tone(), EDGE).samples, tone().samples)


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_silence_stays_as_it_is(seconds):
    assert trim(silence(seconds), EDGE).seconds == seconds


def test_hiss_in_the_background_does_not_hide_where_words_end(tone):
    sound = between_silences(tone(seconds=0.5), 0.5, 0.5)
    hiss = np.random.default_rng(2).standard_normal(len(sound.samples)).astype(np.float32) * 1e-4
    assert trim(Pcm(sound.samples + hiss), EDGE).seconds < 0.6
