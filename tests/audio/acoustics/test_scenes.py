import numpy as np
import pytest

from audio.acoustics.noise import speech_level_db, traffic
from audio.acoustics.rooms import ROOMS
from audio.acoustics.scenes import SCENES, at_the_ear, heard
from audio.acoustics.speakers import SPEAKERS
from audio.pcm import Pcm

RATE = 16_000
STREET = traffic(2.0, RATE)


def noise_db(pcm, scene, reference):
    quiet = Pcm(np.zeros_like(pcm.samples), pcm.rate)
    return speech_level_db(heard(quiet, scene, STREET, reference))


@pytest.mark.parametrize("scene", SCENES.values(), ids=str)
def test_every_scene_is_made_of_what_there_is(scene):
    assert scene.room in {"", *ROOMS}
    assert scene.speaker in {"", *SPEAKERS}


def test_a_clean_scene_leaves_the_sound_alone(speech):
    sound = speech(1.0, RATE)
    assert np.array_equal(heard(sound, SCENES["clean"], STREET, sound).samples, sound.samples)


@pytest.mark.parametrize("name", [name for name, scene in SCENES.items() if scene.noise])
def test_noise_lies_below_the_speech_by_the_ratio(name, speech):
    sound, scene = speech(2.0, RATE), SCENES[name]
    expected = speech_level_db(at_the_ear(sound, scene)) - scene.snr_db
    assert noise_db(sound, scene, sound) == pytest.approx(expected, abs=1.0)


def test_a_crowd_is_no_louder_for_a_louder_announcement(speech):
    sound, scene = speech(2.0, RATE), SCENES["hall_babble_10"]
    louder = Pcm(sound.samples * 3, RATE)
    assert noise_db(louder, scene, sound) == noise_db(sound, scene, sound)
