from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.errors import VoiceError
from announcer.rendering import Room, render
from announcer.room import room_of
from announcer.script import Part, Script
from audio.wav import read_wav
from schedules.core.settings import Settings

WORDS = Script((Part("vi", "Xin chào", ("xin chào quý khách",)),), chime="none", voice="silent")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = room_of(Settings(tmp_path))
    yield room
    room.voices.close()


def test_a_script_becomes_a_measured_sound_under_its_key(room: Room) -> None:
    made = render(room, WORDS, "k")
    path = room.cache.get("k")
    assert path is not None
    assert read_wav(path).seconds == pytest.approx(made.seconds)
    assert (made.voices, made.spoken) == ({"vi": "silent"}, {"vi": "xin chào quý khách"})
    assert made.lufs == pytest.approx(-16, abs=0.5)


def test_languages_follow_each_other_after_the_chime(room: Room) -> None:
    both = replace(WORDS, chime="standard", parts=(*WORDS.parts, Part("en", "Hello", ("hello",))))
    assert render(room, both, "both").seconds > render(room, WORDS, "one").seconds + 2


def test_it_is_said_as_often_as_there_is_time_for(room: Room) -> None:
    once = render(room, WORDS, "one").seconds
    tight = replace(room, longest=once * 2 + 3)
    assert once < render(tight, replace(WORDS, repeats=8), "eight").seconds <= tight.longest


def test_what_is_too_long_to_be_said_even_once_is_refused(room: Room) -> None:
    with pytest.raises(VoiceError, match="at most 1 s are aired"):
        render(replace(room, longest=1.0), WORDS, "k")


def test_the_voice_that_spoke_and_those_that_did_not_are_kept(room: Room) -> None:
    made = render(room, replace(WORDS, voice="nobody"), "k")
    assert made.voices == {"vi": "hanoi"}
    assert [name for name, _ in made.tried] == ["nobody"]
