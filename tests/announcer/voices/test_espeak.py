"""espeak-ng speaks Vietnamese with a Vietnamese voice, from a fresh process each time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from announcer.errors import VoiceError, VoiceTimeout
from announcer.voices import espeak
from announcer.voices.espeak import EspeakVoice, Manner
from announcer.voices.espeak_child import require_voice
from audio.pcm import Pcm

Planted = Callable[..., list[str]]


def test_every_rendering_is_equal_to_the_byte() -> None:
    """Rate and pitch once got lost now and then; a few renderings would not always show it, but twenty may."""
    voice = EspeakVoice()
    assert len({voice.speak("tàu sắp vào ga", "vi").samples.tobytes() for _ in range(20)}) == 1


def test_rate_pitch_and_variant_change_the_sound_and_are_told_in_the_options() -> None:
    voices = [
        EspeakVoice(),
        EspeakVoice(manners={"vi": Manner(90, 60)}),
        EspeakVoice(manners={"vi": Manner(130, 20)}),
        EspeakVoice(variant="f3"),
    ]
    assert len({voice.speak("tàu sắp vào ga", "vi").samples.tobytes() for voice in voices}) == 4
    assert len({str(voice.info.options) for voice in voices}) == 4


def test_slower_words_take_longer() -> None:
    slow = EspeakVoice(manners={"vi": Manner(90, 60)}).speak("tàu sắp vào ga", "vi")
    assert slow.seconds > EspeakVoice().speak("tàu sắp vào ga", "vi").seconds


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "bonjour à tous les voyageurs"), ("zh", "欢迎乘坐地铁"), ("ko", "승객 여러분 안녕하세요")],
)
def test_visitors_languages_are_spoken(language: str, words: str) -> None:
    assert EspeakVoice().speak(words, language).seconds > 1


def test_vietnamese_is_the_voice_of_the_north() -> None:
    assert espeak.voices()["vi"] == "aav/vi"


def test_another_voice_than_asked_for_is_refused() -> None:
    require_voice("aav/vi", "aav/vi")
    with pytest.raises(RuntimeError, match="instead of aav/vi"):
        require_voice("gmw/en-us", "aav/vi")


def test_a_variant_that_does_not_exist_is_refused_and_not_passed_over() -> None:
    with pytest.raises(VoiceError, match="instead of"):
        EspeakVoice(variant="nosuch").speak("xin chào", "vi")


def test_a_voice_espeak_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "voices", lambda: {"vi": "aav/unknown"})
    with pytest.raises(VoiceError, match="SetVoiceByName failed"):
        EspeakVoice().speak("xin chào", "vi")


def test_a_hang_is_tried_once_more_and_then_reported(planted: Planted, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    voice = EspeakVoice(command=planted("hanging with a helper of its own", str(note)), limit_seconds=2.0)
    with pytest.raises(VoiceTimeout):
        voice.speak("xin chào", "vi")
    assert len(note.read_text().split()) == 2


def test_a_hang_that_does_not_come_again_is_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([VoiceTimeout("hung"), EspeakVoice().speak("xin chào", "vi")])

    def speak_through(*_: object) -> Pcm:
        answer = next(answers)
        if isinstance(answer, VoiceTimeout):
            raise answer
        return answer

    monkeypatch.setattr(espeak, "speak_through", speak_through)
    assert EspeakVoice().speak("xin chào", "vi").seconds > 0.5


def test_a_crash_is_an_error(planted: Planted) -> None:
    with pytest.raises(VoiceError, match="status -11"):
        EspeakVoice(command=planted("crashing")).speak("xin chào", "vi")


def test_sound_that_cannot_be_these_words_is_refused(planted: Planted) -> None:
    voice = EspeakVoice(command=planted("answering"))  # answers everything with one second of tone
    assert voice.speak("xin chào", "vi").seconds == 1
    with pytest.raises(VoiceError, match="were expected"):
        voice.speak("xin chào " * 10, "vi")


def test_a_missing_package_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "find_spec", lambda name: None)
    assert "pyttsx3 is not installed" in EspeakVoice().why_unavailable()


def test_the_helper_loads_little() -> None:
    script = "import sys, announcer.voices.espeak_child\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "scipy", "sqlalchemy", "audio.pcm"} & set(loaded)
