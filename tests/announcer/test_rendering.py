from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from listeners import Parrot

from announcer.errors import VoiceError
from announcer.recognisers.base import Recogniser
from announcer.recognisers.registry import Recognisers
from announcer.rendering import Room, render
from announcer.room import room_of
from announcer.script import Part, Script
from announcer.voices.registry import Setup, Voices
from audio.mastering.profiles import PROFILES, profile
from audio.pcm import RATE, Pcm
from audio.wav import read_wav
from schedules.core.settings import Settings

WORDS = Script((Part("vi", "Xin chào", ("xin chào quý khách",)),), chime="none", voice="silent")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = room_of(Settings(tmp_path, {"readback.enabled": False}))
    yield room
    room.voices.close()


def test_a_script_becomes_a_measured_sound_under_its_key(room: Room) -> None:
    made = render(room, WORDS, "k")
    path = room.cache.get("k")
    assert path is not None
    assert read_wav(path).seconds == pytest.approx(made.seconds)
    assert (made.voices, made.spoken) == ({"vi": "silent"}, {"vi": "xin chào quý khách"})
    assert made.lufs == pytest.approx(-16, abs=0.5)


def test_the_profile_decides_how_slowly_it_is_said(room: Room) -> None:
    usual, slow = (render(room, replace(WORDS, mastering=name), name) for name in ("dry", "concourse"))
    assert slow.seconds > 1.1 * usual.seconds


def test_the_profile_decides_how_long_the_pauses_are(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    two = replace(WORDS, parts=(Part("vi", "Xin chào", ("xin chào", "quý khách")),))
    before = render(room, two, "before").seconds
    usual = profile("standard")
    monkeypatch.setitem(PROFILES, "standard", replace(usual, pause_seconds=usual.pause_seconds + 2))
    assert render(room, two, "after").seconds == pytest.approx(before + 2, abs=0.01)


def test_a_profile_that_is_not_there_is_named(room: Room) -> None:
    with pytest.raises(VoiceError, match="no mastering profile 'outdoor'"):
        render(room, replace(WORDS, mastering="outdoor"), "k")


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


# Read-back, with ears that hear what the test tells them. "formant" and "espeak" speak in their own processes' time: quick.

CALL = Script((Part("vi", "Xin chào quý khách", ("xin chào quý khách",)),), chime="none")
WISHED = {"vi": "formant", "en": ""}


class Ears(Recognisers):
    def __init__(self, recogniser: Recogniser) -> None:
        super().__init__(())
        self._recogniser = recogniser

    def find(self, language: str) -> Recogniser | None:
        return self._recogniser if language == "vi" else None


def hearing(room: Room, *texts: str) -> Room:
    return replace(room, wishes=WISHED, ears=Ears(Parrot(*texts)))


@pytest.fixture
def two_voices(room: Room) -> Room:
    """A room in which formant speaks first and espeak next."""
    room.voices.close()
    voices = Voices(Setup(room.cache.folder, orders={"vi": ("formant", "espeak")}))
    return replace(room, voices=voices)


def test_a_sound_that_says_its_words_keeps_its_good_verdict(two_voices: Room) -> None:
    made = render(hearing(two_voices, "Xin chào quý khách"), CALL, "k")
    assert made.voices == {"vi": "formant"}
    assert made.readback["vi"]["grade"] == "good"
    assert made.tried == []


def test_it_is_said_again_slower_where_it_was_not_understood(two_voices: Room) -> None:
    at_once = render(hearing(two_voices, "xin chào quý khách"), CALL, "k").seconds
    made = render(hearing(two_voices, "ạ", "xin chào quý khách"), CALL, "k")
    assert made.voices == {"vi": "formant"}
    assert made.readback["vi"]["grade"] == "good"
    assert made.seconds > at_once
    assert made.tried == [["formant", "read back bad (words, beginning, end)"]]


def test_another_voice_tries_where_saying_it_slower_does_not_help(two_voices: Room) -> None:
    made = render(hearing(two_voices, "ạ", "ạ", "xin chào quý khách"), CALL, "k")
    assert made.voices == {"vi": "espeak"}
    assert made.readback["vi"]["grade"] == "good"
    assert [name for name, _ in made.tried] == ["formant", "formant"]


def test_the_first_stays_where_the_others_are_no_better(two_voices: Room) -> None:
    made = render(hearing(two_voices, "chào khách", "ạ"), CALL, "k")
    assert made.voices == {"vi": "formant"}
    assert [name for name, _ in made.tried] == ["formant", "espeak"]


def test_a_voice_that_was_asked_for_by_name_is_not_replaced(two_voices: Room) -> None:
    made = render(hearing(two_voices, "ạ"), replace(CALL, voice="espeak"), "k")
    assert made.voices == {"vi": "espeak"}
    assert made.readback["vi"]["grade"] == "bad"


def test_nobody_listens_where_there_is_no_time(two_voices: Room) -> None:
    assert render(hearing(two_voices, "ạ"), CALL, "k", listen=False).readback == {}


@pytest.mark.parametrize(("wish", "voice"), [("", "formant"), ("hanoi", "formant"), ("espeak", "espeak")])
def test_a_call_that_cannot_wait_is_spoken_by_the_first_voice_that_is_not_slow(
    room: Room, wish: str, voice: str
) -> None:
    assert render(replace(room, wishes={"vi": wish}), CALL, "k", listen=False).voices == {"vi": voice}


def test_a_voice_that_was_asked_for_by_name_speaks_even_in_haste(room: Room) -> None:
    assert render(room, replace(CALL, voice="espeak"), "k", listen=False).voices == {"vi": "espeak"}


def test_a_recogniser_that_fails_silences_nobody(two_voices: Room) -> None:
    made = render(hearing(two_voices), CALL, "k")
    assert (made.voices, made.readback) == ({"vi": "formant"}, {})


def test_vietnamese_is_listened_to_unless_it_is_switched_off(tmp_path: Path) -> None:
    off, on = room_of(Settings(tmp_path, {"readback.enabled": False})), room_of(Settings(tmp_path))
    assert (off.ears.find("vi") is None, on.ears.find("vi") is None) == (True, False)
    assert on.ears.find("en") is None
    for room in (off, on):
        room.close()


def test_a_recording_is_mastered_for_the_zone_and_heard_after_the_chime(room: Room) -> None:
    spoken = Pcm((0.05 * np.sin(np.arange(RATE) / 20)).astype(np.float32))
    clip = room.recordings.put(spoken)
    script = Script((Part("vi", "Lời ghi âm", (), clip),), chime="none", mastering="night")
    with_chime = render(room, replace(script, chime="standard"), "c")
    made = render(room, script, "k")
    assert made.voices == {"vi": "recording"}
    assert made.readback == {}
    assert made.lufs == pytest.approx(-23, abs=1)
    assert with_chime.seconds > made.seconds + 1


def test_a_recording_that_is_gone_is_told(room: Room) -> None:
    with pytest.raises(VoiceError, match="The recording cannot be used"):
        render(room, Script((Part("vi", "Lời ghi âm", (), "0" * 64),)), "k")
