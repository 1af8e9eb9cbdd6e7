import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.acoustics.sti import MODULATIONS, OCTAVES, index, sti
from audio.pcm import Pcm

RATE = 24_000


def impulse(seconds=1.0):
    samples = np.zeros(round(seconds * RATE), np.float32)
    samples[0] = 1
    return Pcm(samples, RATE)


def decay(rt60):
    t = np.arange(round(2 * rt60 * RATE)) / RATE
    noise = np.random.default_rng(1).standard_normal(len(t)) * 10 ** (-3 * t / rt60)
    return Pcm(noise.astype(np.float32), RATE)


def all_bands(of_modulation):
    return np.tile(of_modulation, (len(OCTAVES), 1))


def test_a_room_without_echo_and_noise_is_perfect():
    assert sti(impulse()) > 0.98


def test_noise_as_loud_as_speech_leaves_half():
    assert sti(impulse(), [0.0] * len(OCTAVES)) == pytest.approx(0.5, abs=0.01)


@given(st.floats(-15, 15))
def test_without_echo_the_index_grows_with_the_ratio_in_a_straight_line(snr_db):
    heard = 1 / (1 + 10 ** (-snr_db / 10))
    assert index(all_bands(np.full(len(MODULATIONS), heard))) == pytest.approx((snr_db + 15) / 30, abs=1e-6)


@pytest.mark.parametrize("rt60", [0.5, 1.0, 1.5, 3.0])
def test_an_exponential_decay_has_the_index_of_its_formula(rt60):
    """m(F) = 1 / √(1 + (2πF T / 13.8)²), Houtgast and Steeneken 1973."""
    formula = 1 / np.sqrt(1 + (2 * np.pi * np.array(MODULATIONS) * rt60 / 13.8) ** 2)
    assert sti(decay(rt60)) == pytest.approx(index(all_bands(formula)), abs=0.03)


@given(st.floats(-20, 20), st.floats(0, 20))
def test_less_noise_everywhere_is_never_worse(snr_db, gain_db):
    noisy, quieter = (
        index(all_bands(np.full(len(MODULATIONS), 1 / (1 + 10 ** (-ratio / 10)))))
        for ratio in (snr_db, snr_db + gain_db)
    )
    assert quieter >= noisy - 1e-9
