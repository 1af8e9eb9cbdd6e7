import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.errors import AudioError
from audio.mastering.chain import STEPS, master
from audio.mastering.profiles import PROFILES
from audio.measure import lufs, true_peak_db
from audio.pcm import RATE, Pcm, silence

NAMES = st.sampled_from(sorted(PROFILES))
RATES = st.sampled_from([16_000, 22_050, 24_000, 44_100, 48_000])


@settings(max_examples=60)
@given(NAMES, RATES, st.integers(0, 10_000), st.floats(0.5, 6.0), st.floats(0.02, 1.0))
def test_every_profile_keeps_its_promises_for_speech(speech, name, rate, seed, seconds, peak):
    profile = PROFILES[name]
    mastered = master(speech(seconds, rate, seed, peak), profile)
    assert mastered.lufs == pytest.approx(profile.lufs, abs=0.5)
    assert mastered.true_peak_db <= profile.ceiling_db + 1e-3
    assert mastered.pcm.rate == RATE
    assert mastered.pcm.samples.dtype == np.float32


def test_what_is_told_of_a_sound_is_true(speech):
    mastered = master(speech(), PROFILES["standard"])
    assert mastered.lufs == lufs(mastered.pcm)
    assert mastered.true_peak_db == true_peak_db(mastered.pcm)
    assert mastered.seconds == mastered.pcm.seconds


def test_the_same_speech_is_mastered_the_same(speech):
    one, other = (master(speech(), PROFILES["standard"]).pcm.samples for _ in range(2))
    assert np.array_equal(one, other)


@given(NAMES, st.floats(0.03, 0.39))
def test_a_word_shorter_than_the_meter_s_block_is_mastered_too(tone, name, seconds):
    mastered = master(tone(600, seconds, peak=0.1), PROFILES[name])
    assert mastered.lufs == pytest.approx(PROFILES[name].lufs, abs=0.5)
    assert mastered.true_peak_db <= PROFILES[name].ceiling_db + 1e-3


def test_it_begins_and_ends_at_zero(speech):
    samples = master(speech(), PROFILES["standard"]).pcm.samples
    assert samples[0] == samples[-1] == 0


def test_silence_comes_back_as_silence_of_the_same_length():
    mastered = master(silence(1.0, 16_000), PROFILES["standard"])
    assert not mastered.pcm.samples.any()
    assert (mastered.lufs, mastered.seconds) == (-70.0, 1.0)


def test_a_sound_of_no_length_is_refused():
    with pytest.raises(AudioError, match="no sound to master"):
        master(silence(0), PROFILES["standard"])


def test_no_step_changes_what_it_was_given(speech):
    sound = speech()
    before = sound.samples.copy()
    for _, step in STEPS:
        step(sound, PROFILES["standard"])
    assert np.array_equal(sound.samples, before)


@pytest.mark.parametrize("length", [1, 2, 23, 24, 25, 479, 960])
def test_the_shortest_sounds_are_no_trouble(length):
    mastered = master(Pcm(np.full(length, 0.1, np.float32)), PROFILES["standard"])
    assert np.isfinite(mastered.pcm.samples).all()
