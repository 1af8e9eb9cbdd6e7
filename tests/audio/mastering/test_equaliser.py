import numpy as np
import pytest

from audio.mastering.equaliser import equalise
from audio.mastering.profiles import Band
from audio.measure import decibels

PRESENCE = (Band(2_800, 3.0, 0.8),)


def change_db(tone, hertz, high_pass, bands):
    sound = tone(hertz, 1.0)
    half = len(sound.samples) // 2
    before, after = sound.samples[half:], equalise(sound, high_pass, bands).samples[half:]
    return decibels(float(np.std(after) / np.std(before)))


@pytest.mark.parametrize(("hertz", "change"), [(30, -24), (120, -3), (1000, 0), (8000, 0)])
def test_rumble_goes_and_the_voice_stays(tone, hertz, change):
    assert change_db(tone, hertz, 120.0, ()) == pytest.approx(change, abs=0.6)


@pytest.mark.parametrize(("hertz", "change"), [(100, 0), (2_800, 3), (15_000, 0)])
def test_consonants_are_lifted(tone, hertz, change):
    assert change_db(tone, hertz, 0.0, PRESENCE) == pytest.approx(change, abs=0.3)


def test_without_bands_nothing_changes(speech):
    assert equalise(speech(), 0.0, ()) is not None
    assert np.array_equal(equalise(speech(), 0.0, ()).samples, speech().samples)


def test_a_bell_beyond_the_sound_s_own_band_is_left_out(tone):
    sound = tone(1000, 0.2, 4_000)
    assert np.array_equal(equalise(sound, 0.0, PRESENCE).samples, sound.samples)


def test_single_precision_stays(speech):
    assert equalise(speech(), 120.0, PRESENCE).samples.dtype == np.float32
