import numpy as np
import pytest

from audio.mastering.fades import fade
from audio.pcm import RATE, Pcm


def test_both_ends_reach_zero_and_the_middle_stays():
    faded = fade(Pcm(np.ones(RATE, np.float32)), 0.005).samples
    assert faded[0] == faded[-1] == 0
    assert (faded[240:-240] == 1).all()
    assert (np.diff(faded[:241]) > 0).all()


def test_the_original_is_not_changed():
    sound = Pcm(np.ones(RATE, np.float32))
    fade(sound, 0.005)
    assert sound.samples.all()


@pytest.mark.parametrize("length", [0, 1, 2, 7])
def test_a_sound_shorter_than_its_fades_is_no_trouble(length):
    assert len(fade(Pcm(np.ones(length, np.float32)), 0.005).samples) == length
