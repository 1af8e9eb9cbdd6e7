import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.measure import decibels, lufs, measure, oversampled, silence_ratio, true_peak_db
from audio.mixing import assemble
from audio.pcm import RATE, Pcm, silence


def test_a_tone_of_1_khz_measures_what_the_recommendation_says(tone):
    # BS.1770: a full-scale 997 Hz sine in one channel reads −3.01 LUFS
    assert lufs(tone(997, 3.0, peak=1.0)) == pytest.approx(-3.01, abs=0.05)


def test_twice_as_loud_is_six_decibels_more(speech):
    quiet = speech()
    assert lufs(Pcm(quiet.samples * np.float32(2))) - lufs(quiet) == pytest.approx(6.02, abs=0.01)


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.39])
def test_a_short_sound_is_as_loud_as_if_it_went_on(tone, seconds):
    assert lufs(tone(1000, seconds)) == pytest.approx(lufs(tone(1000, 3.0)), abs=0.3)


@pytest.mark.parametrize("seconds", [0.0, 0.1, 2.0])
def test_silence_measures_the_floor_and_not_infinity(seconds):
    nothing = measure(silence(seconds))
    assert (nothing.lufs, nothing.true_peak_db, nothing.silence_ratio) == (-70.0, -120.0, 1.0)


def test_a_peak_between_two_samples_is_seen():
    # a quarter of the sample rate, an eighth of a turn off: every sample is at 0.707, the curve reaches 1
    t = np.arange(4800)
    wave = Pcm(np.sin(np.pi / 2 * t + np.pi / 4).astype(np.float32))
    assert decibels(float(np.max(np.abs(wave.samples)))) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_db(wave) >= -0.1


@given(st.integers(0, 2**32 - 1), st.integers(1, 4000))
def test_looking_only_at_loud_stretches_finds_the_same_peak(seed, length):
    random = np.random.default_rng(seed)
    samples = (random.standard_normal(length) * random.random(length) ** 3).astype(np.float32)
    assert true_peak_db(Pcm(samples)) == pytest.approx(decibels(float(oversampled(samples).max())), abs=1e-3)


def test_half_silence_is_half_silent(tone):
    sound = assemble([tone(seconds=1.0).int16(), 1.0])
    assert silence_ratio(sound) == pytest.approx(0.5, abs=0.01)
    assert measure(sound).seconds == 2.0
    assert sound.rate == RATE
