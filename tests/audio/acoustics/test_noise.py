import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.acoustics.noise import babble, speech_level_db, traffic, with_noise
from audio.pcm import Pcm, silence

RATE = 16_000


def crowd(speech, seed=1):
    return babble([speech(2.0, RATE, one) for one in range(4)], 5.0, talkers=12, seed=seed)


def rms(pcm):
    return float(np.sqrt(np.mean(np.square(pcm.samples))))


def test_a_crowd_and_a_street_have_the_level_one(speech):
    for noise in (crowd(speech), traffic(7.5, RATE)):
        assert rms(noise) == pytest.approx(1.0, abs=1e-3)


def test_the_same_seed_gives_the_same_noise(speech):
    assert np.array_equal(crowd(speech).samples, crowd(speech).samples)
    assert np.array_equal(traffic(2.0, RATE).samples, traffic(2.0, RATE).samples)


def test_another_seed_gives_other_noise(speech):
    assert not np.allclose(crowd(speech).samples, crowd(speech, seed=2).samples)
    assert not np.allclose(traffic(2.0, RATE).samples, traffic(2.0, RATE, seed=2).samples)


def test_many_talkers_are_steadier_than_one(speech):
    def unrest(pcm):
        return float(np.std(np.square(pcm.samples).reshape(-1, 1600).mean(axis=1)))

    assert unrest(crowd(speech)) < unrest(babble([speech(2.0, RATE)], 5.0, talkers=1)) / 2


def test_a_crowd_of_nobody_is_refused():
    with pytest.raises(ValueError, match="somebody"):
        babble([], 1.0)


def test_a_street_rumbles_more_than_it_hisses():
    spectrum = np.square(np.abs(np.fft.rfft(traffic(10.0, RATE).samples)))
    hertz = np.fft.rfftfreq(10 * RATE, 1 / RATE)
    low, high = (spectrum[(hertz > a) & (hertz < b)].mean() for a, b in ((100, 500), (3_000, 5_000)))
    assert low > 30 * high


@given(st.floats(0.01, 1.0), st.floats(0, 3))
def test_pauses_do_not_make_speech_quieter(speech, peak, seconds):
    sound = speech(2.0, RATE, peak=peak)
    longer = Pcm(np.concatenate([sound.samples, silence(seconds, RATE).samples]), RATE)
    assert speech_level_db(longer) == pytest.approx(speech_level_db(sound), abs=0.2)


@pytest.mark.parametrize("nothing", [silence(0), silence(1)], ids=["empty", "silent"])
def test_silence_is_at_the_floor(nothing):
    assert speech_level_db(nothing) == pytest.approx(-120, abs=0.1)


@given(st.floats(-60, 0))
def test_noise_is_mixed_in_at_its_level_and_repeated(level_db):
    mixed = with_noise(silence(10.0, RATE), traffic(2.0, RATE), level_db)
    assert 20 * np.log10(rms(mixed)) == pytest.approx(level_db, abs=0.01)
    assert mixed.seconds == 10.0
