import numpy as np
import pytest

from audio.acoustics.speakers import SPEAKERS, through
from audio.pcm import silence


def gain_db(speaker, hertz, tone):
    sound = tone(hertz, 1.0)
    middle = slice(len(sound.samples) // 4, -len(sound.samples) // 4)
    given_back = through(sound, SPEAKERS[speaker])
    return 20 * np.log10(np.std(given_back.samples[middle]) / np.std(sound.samples[middle]))


@pytest.mark.parametrize(
    ("speaker", "hertz", "expected"),
    [
        ("horn", 400, -3),
        ("horn", 1_300, 0),
        ("horn", 4_000, -3),
        ("horn", 200, -24),
        ("ceiling", 100, -3),
        ("ceiling", 1_000, 0),
        ("ceiling", 10_000, -3),
    ],
)
def test_a_loudspeaker_gives_back_its_band(speaker, hertz, expected, tone):
    assert gain_db(speaker, hertz, tone) == pytest.approx(expected, abs=0.7)


def test_an_edge_that_the_sound_cannot_hold_is_left_out(speech):
    sound = speech(rate=16_000)
    assert np.isfinite(through(sound, SPEAKERS["ceiling"]).samples).all()


def test_no_sound_stays_no_sound():
    assert through(silence(0), SPEAKERS["horn"]).seconds == 0
