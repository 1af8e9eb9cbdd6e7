import numpy as np
import pytest

from audio.assets.make_chimes import MELODIES, make
from audio.chimes import CHIMES, FOLDER, chime
from audio.errors import AudioError
from audio.measure import true_peak_db
from audio.pcm import RATE, from_int16
from audio.wav import open_blocks


@pytest.mark.parametrize("name", CHIMES)
def test_the_script_makes_what_is_stored(tmp_path, name):
    make(tmp_path)
    made, stored = open_blocks(tmp_path / f"{name}.wav"), chime(name)
    assert made.shape == stored.shape
    # one step of 16 bits: processors round the last bit of a sine differently
    assert np.abs(made.astype(int) - stored).max() <= 1


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_is_short_leaves_headroom_and_ends_in_silence(name):
    samples = chime(name)
    assert len(samples) <= 2.5 * RATE
    assert true_peak_db(from_int16(samples)) <= -3
    assert samples[0] == samples[-1] == 0


def test_the_urgent_chime_cannot_be_mistaken_for_the_standard_one():
    def strikes(name):
        return len(MELODIES[name].notes) / MELODIES[name].seconds

    assert strikes("urgent") > 3 * strikes("standard")
    assert MELODIES["urgent"].lufs >= MELODIES["standard"].lufs + 3


def test_every_file_has_its_name_and_every_name_its_file():
    assert {path.stem for path in FOLDER.glob("*.wav")} == set(CHIMES) == set(MELODIES)


def test_a_wrong_name_is_answered_with_the_right_one():
    with pytest.raises(AudioError, match="did you mean 'standard'"):
        chime("standart")
    with pytest.raises(AudioError, match="there are standard, urgent, end"):
        chime("gong")
