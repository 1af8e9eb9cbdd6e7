"""A sound that grows while it is played."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.live import CEILING, Leveller, LiveSound, end_of
from audio.pcm import BLOCK, FULL_SCALE, RATE, Block

CHIME = np.full(BLOCK + 100, 500, np.int16)
NO_CHIME = np.zeros(0, np.int16)


def voice(seconds: float, loud: float = 0.1) -> Block:
    waves = np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * 200 / RATE)
    return np.asarray(np.rint(waves * loud * FULL_SCALE), np.int16)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "call.live"


def speak(path: Path, samples: Block) -> None:
    with path.open("ab") as file:
        file.write(samples.tobytes())


def is_silent(block: Block) -> bool:
    return not block.any()


def test_the_chime_comes_first_whatever_was_said(path: Path) -> None:
    speak(path, voice(1.0))
    live = LiveSound(path, CHIME, 60)
    assert np.array_equal(np.concatenate([live.piece(0), live.piece(1)]), CHIME)


def test_it_gathers_a_fifth_of_a_second_before_it_begins(path: Path) -> None:
    live = LiveSound(path, NO_CHIME, 60)
    assert is_silent(live.piece(0))
    speak(path, voice(0.1))
    assert is_silent(live.piece(1))
    speak(path, voice(0.1))
    assert not is_silent(live.piece(2))


def test_what_has_not_come_is_silence_and_it_gathers_again(path: Path) -> None:
    live = LiveSound(path, NO_CHIME, 60)
    speak(path, voice(0.2))
    spoken = [live.piece(index) for index in range(10)]
    assert not any(map(is_silent, spoken))
    assert is_silent(live.piece(10))
    speak(path, voice(0.1))
    assert is_silent(live.piece(11))
    speak(path, voice(0.1))
    assert not is_silent(live.piece(12))


def test_it_never_falls_far_behind_the_mouth(path: Path) -> None:
    """Four seconds were said while the zone still sounded something else: only the last fifth of a second is played."""
    live = LiveSound(path, NO_CHIME, 60)
    speak(path, voice(4.0))
    played = 0
    while not is_silent(live.piece(played)):
        played += 1
    assert played == 10


def test_it_ends_with_the_last_word_when_nothing_more_comes(path: Path) -> None:
    live = LiveSound(path, NO_CHIME, 60)
    speak(path, voice(0.3))
    end_of(path).touch()
    pieces = [live.piece(index) for index in range(15)]
    assert not any(map(is_silent, pieces))
    live.piece(15)
    assert live.blocks == 16


def test_who_is_gone_for_two_seconds_has_ended(path: Path) -> None:
    live = LiveSound(path, NO_CHIME, 60)
    for index in range(99):
        live.piece(index)
    assert live.blocks == 3000
    live.piece(99)
    assert live.blocks == 100


def test_it_has_a_longest_length(path: Path) -> None:
    assert LiveSound(path, CHIME, 30).blocks == 2 + 1500


def test_half_a_sample_waits_for_its_other_half(path: Path) -> None:
    live = LiveSound(path, NO_CHIME, 60)
    path.write_bytes(voice(0.2).tobytes()[:-1])
    assert is_silent(live.piece(0))
    with path.open("ab") as file:
        file.write(voice(0.2).tobytes()[-1:])
    assert not is_silent(live.piece(1))


@pytest.mark.parametrize("loud", [0.02, 0.1, 0.9])
def test_quiet_and_loud_voices_come_out_alike(loud: float) -> None:
    leveller, said = Leveller(), voice(6.0, loud).reshape(-1, BLOCK)
    out = [leveller(block) for block in said]
    level = np.sqrt(np.mean(np.square(np.concatenate(out[-50:]) / FULL_SCALE)))
    assert 0.10 < level < 0.14


def test_a_shout_after_a_whisper_does_not_go_over_the_ceiling() -> None:
    leveller = Leveller()
    for block in voice(4.0, 0.02).reshape(-1, BLOCK):
        leveller(block)
    shout = leveller(voice(0.02, 1.0))
    assert np.max(np.abs(shout)) <= CEILING * FULL_SCALE + 1


def test_noise_between_words_is_not_pulled_up() -> None:
    leveller, noise = Leveller(), voice(3.0, 0.002).reshape(-1, BLOCK)
    out = [leveller(block) for block in noise]
    assert np.max(np.abs(out[-1])) <= np.max(np.abs(noise[-1]))
