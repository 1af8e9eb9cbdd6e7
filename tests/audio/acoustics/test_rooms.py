import numpy as np
import pytest

from audio.acoustics.decay import rt60
from audio.acoustics.rooms import ROOMS, heard_in, impulse_response
from audio.pcm import Pcm, silence

RATE = 16_000


def clarity_db(name):
    """C50: what comes within 50 ms of the direct sound over what comes later."""
    energy = np.square(impulse_response(name, RATE).astype(np.float64))
    split = round(0.05 * RATE)
    return 10 * np.log10(energy[:split].sum() / energy[split:].sum())


def test_the_reference_hall_is_the_one_that_was_asked_for():
    hall = ROOMS["hall"]
    assert hall.size == (40, 20, 8)
    assert hall.distance == pytest.approx(4.0, abs=0.02)


def test_its_absorption_is_sabine_s_for_a_second_and_a_half():
    x, y, z = ROOMS["hall"].size
    surface = 2 * (x * y + y * z + x * z)
    assert 0.161 * x * y * z / (surface * ROOMS["hall"].absorption) == pytest.approx(1.5, abs=0.02)


@pytest.mark.parametrize("name", ROOMS)
def test_listener_and_loudspeaker_are_inside(name):
    room = ROOMS[name]
    assert all(
        0 < place < side
        for where in (room.speaker, room.ear)
        for place, side in zip(where, room.size, strict=True)
    )


@pytest.mark.parametrize("name", ROOMS)
def test_the_direct_sound_comes_first_and_as_loud_as_it_left(name):
    response = impulse_response(name, RATE)
    assert 0.7 < np.max(np.abs(response[:20])) < 1.2


def test_a_platform_under_the_sky_is_clearer_than_any_hall():
    assert clarity_db("platform") > max(clarity_db(name) for name in ROOMS if name != "platform") + 1


def test_a_concourse_echoes_longest():
    times = {
        name: rt60(Pcm(impulse_response(name, RATE), RATE)) for name in ("waiting_room", "hall", "concourse")
    }
    assert times["waiting_room"] < times["hall"] < times["concourse"]


def test_what_is_heard_lasts_as_long_as_the_echo(speech):
    response = impulse_response("hall", RATE)
    sound = speech(1.0, RATE)
    assert len(heard_in(sound, response).samples) == len(sound.samples) + len(response) - 1


def test_a_click_is_heard_as_the_response():
    click = Pcm(np.array([1, 0], np.float32), RATE)
    response = impulse_response("platform", RATE)
    assert np.allclose(heard_in(click, response).samples[:-1], response, atol=1e-5)


def test_nothing_is_heard_of_no_sound():
    assert heard_in(silence(0, RATE), impulse_response("hall", RATE)).seconds == 0
