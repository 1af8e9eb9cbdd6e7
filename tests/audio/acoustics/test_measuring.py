from functools import lru_cache

import numpy as np
import pytest

from audio.acoustics import sweep
from audio.acoustics.measuring import measure_room
from audio.acoustics.rooms import heard_in
from audio.errors import AudioError
from audio.pcm import Pcm, silence

RATE = 24_000


def signal():
    return sweep.test_signal(RATE)


def decaying(rt60, seconds=3.0, direct=0.0):
    """Noise that dies away by 60 dB in ``rt60`` seconds, as a diffuse room answers."""
    t = np.arange(round(seconds * RATE)) / RATE
    tail = np.random.default_rng(3).standard_normal(len(t)) * 10 ** (-3 * t / rt60) * 0.02
    tail[0] += direct
    return tail.astype(np.float32)


def hiss(level_db, like):
    noise = np.random.default_rng(5).standard_normal(len(like.samples)) * 10 ** (level_db / 20)
    return Pcm((like.samples + noise).astype(np.float32), like.rate)


@lru_cache(maxsize=4)
def plain():
    return measure_room(signal(), signal())


def test_a_wire_from_loudspeaker_to_microphone_is_perfect():
    assert plain().sti > 0.97
    assert plain().faults == ()


def test_the_level_of_the_speech_is_told():
    assert plain().level_db == pytest.approx(sweep.LEVEL_DB, abs=0.3)
    assert plain().noise_db < -100


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.0])
def test_the_reverberation_time_of_a_diffuse_room_is_found(seconds):
    measures = measure_room(heard_in(signal(), decaying(seconds)), signal())
    assert measures.rt60 == pytest.approx(seconds, rel=0.1)


def test_a_longer_reverberation_is_understood_less():
    short, long = (measure_room(heard_in(signal(), decaying(t, direct=0.3)), signal()) for t in (0.4, 2.0))
    assert short.sti > long.sti + 0.1


def test_noise_as_loud_as_the_speech_leaves_half():
    """The noise has the spectrum of the speech: 0 dB in every band."""
    voice = signal().samples[round((sweep.SPEECH_AT + 0.1) * RATE) : round((sweep.SPEECH_AT + 5.9) * RATE)]
    noisy = Pcm(signal().samples + np.roll(np.resize(voice[::-1], len(signal().samples)), 777), RATE)
    assert measure_room(noisy, signal()).sti == pytest.approx(0.5, abs=0.05)


def test_a_recording_may_begin_earlier():
    late = Pcm(np.concatenate([silence(3.21, RATE).samples, signal().samples]), RATE)
    assert measure_room(late, signal()).sti == pytest.approx(plain().sti, abs=0.02)


@pytest.mark.parametrize(
    ("recording", "word"),
    [
        (lambda: Pcm(np.clip(signal().samples * 8, -1, 1), RATE), "clipped"),
        (lambda: hiss(-90, Pcm(signal().samples * np.float32(0.005), RATE)), "too soft"),
        (lambda: hiss(-25, signal()), "too noisy"),
        (lambda: muffled(signal()), "part of the band is missing"),
    ],
    ids=["clipped", "soft", "noisy", "broken driver"],
)
def test_a_fault_is_told(recording, word):
    assert any(word in fault for fault in measure_room(recording(), signal()).faults)


def muffled(pcm):
    from scipy.signal import butter, sosfilt

    return Pcm(sosfilt(butter(6, 900, fs=pcm.rate, output="sos"), pcm.samples).astype(np.float32), pcm.rate)


@pytest.mark.parametrize(
    "recording",
    [
        lambda: silence(30, RATE),
        lambda: silence(0, RATE),
        lambda: hiss(-30, silence(30, RATE)),
        lambda: Pcm(signal().samples[: 6 * RATE], RATE),
        lambda: Pcm(signal().samples[10 * RATE :], RATE),
    ],
    ids=["silence", "nothing", "noise", "cut off", "begun too late"],
)
def test_a_recording_without_the_signal_is_refused(recording):
    with pytest.raises(AudioError, match="not in the recording"):
        measure_room(recording(), signal())


def test_a_recording_at_another_rate_is_refused():
    with pytest.raises(AudioError, match="16000 Hz"):
        measure_room(silence(30, 16_000), signal())
