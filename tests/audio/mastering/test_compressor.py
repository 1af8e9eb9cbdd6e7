import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mastering.compressor import compress
from audio.measure import frame_levels_db, lufs
from audio.pcm import Pcm, silence


def spread_db(pcm):
    """How far loud and soft syllables lie apart."""
    levels = frame_levels_db(pcm, 0.05)
    levels = levels[levels > levels.max() - 30]
    return float(np.percentile(levels, 95) - np.percentile(levels, 40))


def test_loud_and_soft_come_closer(speech):
    assert spread_db(compress(speech(8.0), -4.0, 3.0)) < spread_db(speech(8.0)) - 1.0


@given(st.floats(0.05, 1.0))
def test_a_quiet_recording_is_compressed_like_a_loud_one(speech, gain):
    sound = speech(1.0)
    quiet = Pcm(sound.samples * np.float32(gain), sound.rate)
    assert np.allclose(
        compress(quiet, -4.0, 3.0).samples, compress(sound, -4.0, 3.0).samples * gain, atol=2e-3 * gain
    )


@given(st.integers(0, 20), st.floats(-10, 5), st.floats(1.1, 10))
def test_nothing_ever_gets_louder(speech, seed, threshold, ratio):
    sound = speech(1.0, seed=seed)
    assert (np.abs(compress(sound, threshold, ratio).samples) <= np.abs(sound.samples) + 1e-6).all()


def test_a_steady_tone_is_turned_down_by_what_the_ratio_says(tone):
    sound = tone(1000, 2.0)
    over = float(frame_levels_db(sound, 0.005)[50]) - lufs(sound) + 8.0
    middle = slice(len(sound.samples) // 3, len(sound.samples) // 2)
    change = 20 * np.log10(np.std(compress(sound, -8.0, 4.0).samples[middle]) / np.std(sound.samples[middle]))
    assert change == pytest.approx(-over * (1 - 1 / 4), abs=0.1)


def test_ratio_one_changes_nothing(speech):
    assert np.array_equal(compress(speech(), -4.0, 1.0).samples, speech().samples)


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_silence_stays_silence(seconds):
    assert not compress(silence(seconds), -4.0, 3.0).samples.any()
