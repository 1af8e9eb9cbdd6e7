import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mastering.leveller import lift
from audio.measure import decibels
from audio.pcm import RATE, Pcm, silence


def loud_and_soft(tone, soft_db):
    """One second loud, one second soft, one second loud."""
    one = tone(600, 1.0)
    soft = one.samples * np.float32(10 ** (soft_db / 20))
    return Pcm(np.concatenate([one.samples, soft, one.samples]))


def lifted_db(tone, soft_db, share):
    """How far the soft second rose, and how far the loud one."""
    before = loud_and_soft(tone, soft_db)
    after = lift(before, share)
    seconds = [slice(round(s * RATE), round((s + 0.4) * RATE)) for s in (1.3, 0.3)]
    return [decibels(np.std(after.samples[s])) - decibels(np.std(before.samples[s])) for s in seconds]


@given(st.floats(-20, 0), st.floats(0, 0.6))
def test_a_soft_syllable_rises_by_its_share_and_a_loud_one_stays(tone, soft_db, share):
    soft, loud = lifted_db(tone, soft_db, share)
    assert soft == pytest.approx(-soft_db * share, abs=0.1)
    assert loud == pytest.approx(0, abs=0.1)


def test_breath_is_not_lifted(tone):
    soft, _ = lifted_db(tone, -40, 0.6)
    assert soft == pytest.approx(0, abs=0.01)


@given(st.floats(0.05, 1.0))
def test_a_quiet_recording_is_lifted_like_a_loud_one(speech, gain):
    sound = speech(1.0)
    quiet = Pcm(sound.samples * np.float32(gain), sound.rate)
    assert np.allclose(lift(quiet, 0.5).samples, lift(sound, 0.5).samples * gain, atol=2e-3 * gain)


@given(st.integers(0, 20), st.floats(0, 1))
def test_nothing_ever_gets_quieter(speech, seed, share):
    sound = speech(1.0, seed=seed)
    assert (np.abs(lift(sound, share).samples) >= np.abs(sound.samples) - 1e-6).all()


def test_share_nothing_changes_nothing(speech):
    assert np.array_equal(lift(speech(), 0.0).samples, speech().samples)


@pytest.mark.parametrize("seconds", [0.0, 0.3])
def test_silence_stays_silence(seconds):
    assert not lift(silence(seconds), 0.5).samples.any()
