import math

import numpy as np
import pytest

from audio.acoustics.decay import rt60
from audio.pcm import Pcm, silence

RATE = 16_000


@pytest.mark.parametrize("seconds", [0.3, 1.5, 4.0])
def test_the_reverberation_time_of_dying_noise_is_found(seconds):
    t = np.arange(round(1.5 * seconds * RATE)) / RATE
    noise = np.random.default_rng(2).standard_normal(len(t)) * 10 ** (-3 * t / seconds)
    assert rt60(Pcm(noise.astype(np.float32), RATE)) == pytest.approx(seconds, rel=0.07)


@pytest.mark.parametrize("nothing", [silence(1, RATE), silence(0, RATE)], ids=["silent", "empty"])
def test_silence_has_no_reverberation_time(nothing):
    assert math.isnan(rt60(nothing))
