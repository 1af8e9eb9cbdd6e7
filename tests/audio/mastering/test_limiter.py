import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mastering.fades import fade
from audio.mastering.limiter import Peaks, limit
from audio.mastering.resample import resample
from audio.measure import decibels, true_peak_db
from audio.pcm import RATE, Pcm, silence

CEILINGS = st.floats(-12.0, -0.5)


def peak_by_another_way_db(samples):
    """Eight times oversampled through the spectrum, by none of the code under test."""
    spectrum = np.fft.rfft(np.pad(samples.astype(float), 64))
    length = 8 * (len(samples) + 128)
    wide = np.zeros(length // 2 + 1, complex)
    wide[: len(spectrum)] = spectrum * 8
    return decibels(float(np.abs(np.fft.irfft(wide, length)).max()))


def bursts(seed, length):
    """The worst there is: noise, steps and single spikes at any level, far over full scale."""
    random = np.random.default_rng(seed)
    samples = (
        random.standard_normal(length) * np.repeat(random.random(length // 50 + 1) ** 4, 50)[:length] * 8
    )
    samples[random.integers(0, length, 3)] = random.choice([-9, 9], 3)
    return Pcm(samples.astype(np.float32))


@given(st.integers(0, 2**32 - 1), st.integers(1, 20_000), CEILINGS)
def test_nothing_ever_stands_above_the_ceiling(seed, length, ceiling):
    limited = limit(bursts(seed, length), ceiling)
    assert true_peak_db(limited) <= ceiling + 1e-3
    assert decibels(float(np.abs(limited.samples).max())) <= ceiling + 1e-3


@given(st.integers(0, 100), CEILINGS, st.floats(1, 20))
def test_another_way_to_measure_agrees_for_speech(speech, seed, ceiling, gain):
    # 22 kHz is what voices deliver. An edge cut hard would ring without end in the spectrum, so it is faded.
    sound = fade(resample(speech(1.0, 22_050, seed), RATE), 0.01)
    limited = limit(Pcm(sound.samples * np.float32(gain)), ceiling)
    assert peak_by_another_way_db(limited.samples) <= ceiling + 0.1


@given(st.integers(0, 100))
def test_what_lies_below_the_ceiling_is_not_touched(speech, seed):
    sound = speech(1.0, seed=seed)
    assert np.array_equal(limit(sound, -1.5).samples, sound.samples)


def test_only_the_surroundings_of_a_peak_are_turned_down(tone):
    sound = tone(440, 1.0, peak=0.3)
    sound.samples[24_000:24_010] *= 10
    limited = limit(sound, -6.0).samples
    assert np.allclose(limited[:23_000], sound.samples[:23_000], atol=2e-3)
    assert np.allclose(limited[40_000:], sound.samples[40_000:], atol=2e-3)


def test_a_loud_tone_is_turned_down_and_not_bent(tone):
    limited = limit(tone(440, 1.0, peak=2.0), -1.5).samples[12_000:36_000]
    spectrum = np.abs(np.fft.rfft(limited * np.hanning(len(limited))))
    fundamental = int(np.argmax(spectrum))
    rest = np.delete(spectrum, range(fundamental - 4, fundamental + 5))
    assert decibels(float(rest.max() / spectrum.max())) < -60


def test_known_peaks_give_the_same_as_unknown_ones():
    sound = bursts(1, 5000)
    assert np.array_equal(limit(sound, -3.0, Peaks.of(sound)).samples, limit(sound, -3.0).samples)


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_silence_stays_silence(seconds):
    assert limit(silence(seconds), -1.5).seconds == seconds
