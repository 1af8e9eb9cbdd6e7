import numpy as np
import pytest

from audio.mastering.resample import resample
from audio.measure import decibels
from audio.pcm import RATE, Pcm, silence

RATES = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 96_000]


def level_db(samples):
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    return decibels(float(np.sqrt(2 * np.mean(np.square(middle.astype(float))))))


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_keeps_its_length_pitch_and_level(tone, rate):
    sound = resample(tone(1000, 1.0, rate, peak=1.0), RATE)
    assert sound.rate == RATE
    assert sound.seconds == pytest.approx(1.0, abs=0.001)
    assert level_db(sound.samples) == pytest.approx(0.0, abs=0.05)
    spectrum = np.abs(np.fft.rfft(sound.samples * np.hanning(len(sound.samples))))
    assert np.argmax(spectrum) == pytest.approx(1000, abs=1)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050])
def test_no_mirror_image_is_left_above_what_the_source_could_hold(tone, rate):
    hertz = 0.4 * rate
    spectrum = np.abs(np.fft.rfft(resample(tone(hertz, 1.0, rate), RATE).samples * np.hanning(RATE)))
    mirror = spectrum[round(rate / 2) :].max()
    assert decibels(mirror / spectrum.max()) < -75


def test_what_the_target_cannot_hold_is_filtered_away_instead_of_folding_down(tone):
    assert level_db(resample(tone(30_000, 1.0, 96_000, peak=1.0), RATE).samples) < -75


def test_the_house_rate_is_left_alone(tone):
    assert resample(tone(), RATE).samples is tone().samples or np.array_equal(
        resample(tone(), RATE).samples, tone().samples
    )
    assert resample(silence(0, 22_050), RATE).seconds == 0


def test_work_is_done_in_single_precision(tone):
    assert resample(tone(rate=22_050), RATE).samples.dtype == np.float32


def test_an_odd_rate_is_no_trouble(tone):
    sound = resample(tone(500, 0.5, 44_099), RATE)
    assert sound.seconds == pytest.approx(0.5, abs=0.001)
    assert isinstance(sound, Pcm)
