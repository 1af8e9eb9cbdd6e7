import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from audio.pcm import BLOCK, RATE, Pcm, from_int16, silence


@given(arrays(np.int16, st.integers(0, 500), elements=st.integers(-32767, 32767)))
def test_integers_come_back_as_they_went(values):
    assert np.array_equal(from_int16(values).int16(), values)


def test_what_is_too_loud_is_held_at_full_scale():
    assert Pcm(np.array([2.0, -2.0], np.float32)).int16().tolist() == [32767, -32767]


def test_a_block_is_twenty_milliseconds():
    assert BLOCK == 960
    assert silence(0.02).seconds == 0.02
    assert len(silence(1.0).samples) == RATE
