import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from audio.mastering.envelope import hop_peaks, let_go, look_ahead, reduce
from audio.pcm import Pcm

CURVES = arrays(np.float64, st.integers(1, 300), elements=st.floats(0, 40))


@given(CURVES, st.integers(0, 8))
def test_a_smoothed_curve_is_never_below_what_was_wanted(wanted, hops):
    smooth = look_ahead(wanted, hops)
    assert smooth.shape == wanted.shape
    assert (smooth >= wanted - 1e-9).all()
    assert smooth.max() <= wanted.max() + 1e-9


@given(CURVES, st.floats(0.01, 10))
def test_letting_go_is_never_faster_than_allowed(wanted, rate):
    released = let_go(wanted, rate)
    assert (released >= wanted - 1e-9).all()
    assert (np.diff(released) >= -rate - 1e-9).all()


def test_the_gain_is_down_before_the_peak_comes():
    wanted = np.zeros(50)
    wanted[25] = 6.0
    smooth = look_ahead(wanted, 5)
    assert smooth[25] >= 6 - 1e-9
    assert not smooth[:15].any()
    assert (np.diff(smooth[14:21]) >= 0).all()
    assert smooth[20] > 2


def test_peaks_of_a_part_of_a_hop_count():
    assert hop_peaks(np.array([1, 5, 2, 9, 3], np.float32), 2).tolist() == [5, 9, 3]


def test_six_decibels_less_is_half():
    halved = reduce(Pcm(np.ones(100, np.float32)), np.full(10, 20 * np.log10(2)), 10)
    assert np.allclose(halved.samples, 0.5)
    assert halved.samples.dtype == np.float32
