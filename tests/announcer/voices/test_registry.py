"""The voices are asked in order; who failed and why is kept; one always speaks if any can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from announcer.errors import VoiceError, VoiceTimeout
from announcer.voices import registry
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.hanoi import weights
from announcer.voices.registry import ENGINES, ORDER, Setup, Voices
from announcer.voices.silent import SilentVoice
from audio.pcm import Pcm
from audio.wav import write_wav
from schedules.core.errors import NotFound


class Fake(SilentVoice):
    """A silent voice under any name, that may be unavailable or fail."""

    def __init__(self, name: str, unavailable: str = "", fails: Exception | None = None) -> None:
        super().__init__()
        self._name, self._unavailable, self._fails = name, unavailable, fails
        self.asked: list[str] = []
        self.closed = False

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo(self._name, "fake", "1", ("vi", "en"), "Apache-2.0", offline=True)

    def why_unavailable(self) -> str:
        return self._unavailable

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        self.asked.append(spoken)
        if self._fails:
            raise self._fails
        return super().speak(spoken, language, pace)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def voices(tmp_path: Path) -> Iterator[Voices]:
    """The real ones."""
    voices = Voices(Setup(tmp_path))
    yield voices
    voices.close()


def with_fakes(monkeypatch: pytest.MonkeyPatch, home: Path, *fakes: Voice) -> Voices:
    monkeypatch.setattr(registry, "ENGINES", {"fake": lambda setup: fakes})
    names = [fake.info.name for fake in fakes]
    return Voices(Setup(home, orders={"vi": names}))


def test_every_name_in_the_order_is_a_voice_or_an_engine(voices: Voices) -> None:
    known = {voice.info.name for voice in voices.all()} | set(ENGINES)
    assert {name for order in ORDER.values() for name in order} <= known


def test_all_voices_are_listed_even_those_that_cannot_speak(voices: Voices) -> None:
    names = [voice.info.name for voice in voices.all()]
    assert sorted(names) == ["espeak", "formant", "google", "hanoi", "piper:joe", "recorded", "silent"]


def test_an_unknown_name_is_answered_with_the_known_ones(voices: Voices) -> None:
    assert voices.get("espeak").info.name == "espeak"
    with pytest.raises(NotFound, match="espaek") as caught:
        voices.get("espaek")
    assert "espeak" in caught.value.hint


@pytest.mark.parametrize(
    ("language", "names"),
    [("vi", ["hanoi", "formant", "espeak"]), ("en", ["piper:joe", "espeak"]), ("fr", ["espeak"]), ("xx", [])],
)
def test_without_more_set_up_these_are_chosen(voices: Voices, language: str, names: list[str]) -> None:
    assert [voice.info.name for voice in voices.choose(language)] == names


def test_the_preferred_voice_comes_first(voices: Voices) -> None:
    assert [voice.info.name for voice in voices.choose("en", "espeak")] == ["espeak", "piper:joe"]


def test_google_is_asked_only_where_it_was_switched_on(tmp_path: Path) -> None:
    voices = Voices(Setup(tmp_path, google=True))
    assert [voice.info.name for voice in voices.choose("vi")] == ["hanoi", "google", "formant", "espeak"]


def test_the_station_may_have_its_own_order(tmp_path: Path) -> None:
    voices = Voices(Setup(tmp_path, orders={"en": ["espeak"]}))
    assert [voice.info.name for voice in voices.choose("en")] == ["espeak"]


def test_a_piper_voice_dropped_into_the_folder_is_used_for_its_language(tmp_path: Path) -> None:
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "vi_VN-vais1000-medium.onnx").write_bytes(b"model")
    settings = {"audio": {}, "espeak": {"voice": "vi"}, "num_speakers": 1}
    (folder / "vi_VN-vais1000-medium.onnx.json").write_text(json.dumps(settings), encoding="utf-8")
    voices = Voices(Setup(tmp_path))
    assert [voice.info.name for voice in voices.choose("vi")] == [
        "hanoi",
        "piper:vais1000",
        "formant",
        "espeak",
    ]
    preferred = voices.choose("vi", "piper:vais1000")
    assert [voice.info.name for voice in preferred] == ["piper:vais1000", "hanoi", "formant", "espeak"]
    assert [voice.info.name for voice in voices.choose("en")] == ["piper:joe", "espeak"]


def test_recorded_clips_come_first_and_lean_on_the_best_other_voice(tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    write_wav(clips / "chao.wav", SilentVoice().speak("xin chào", "vi"))
    (clips / "clips.yaml").write_text(
        "language: vi\nclips: [{text: xin chào, file: chao.wav}]", encoding="utf-8"
    )
    voices = Voices(Setup(tmp_path))
    spoken = voices.speak(["Xin chào quý khách."], "vi")
    assert (spoken.voice_name, spoken.tried) == ("recorded", [])
    assert spoken.voice_info.options["vi.fallback"] == "hanoi"
    elsewhere = voices.speak(["Tàu sắp vào ga."], "vi")
    assert elsewhere.voice_name == "hanoi"
    assert elsewhere.tried == [("recorded", "No clip was recorded for any of these words.")]


def test_phrases_are_joined_with_pauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = with_fakes(monkeypatch, tmp_path, Fake("one"))
    parts = [SilentVoice().speak(phrase, "vi").seconds for phrase in ("xin chào", "tàu đến")]
    spoken = voices.speak(["xin chào", "tàu đến"], "vi", pause_seconds=0.5)
    assert spoken.pcm.seconds == pytest.approx(sum(parts) + 0.5, abs=0.001)


def test_every_phrase_is_spoken_at_the_pace_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voices = with_fakes(monkeypatch, tmp_path, Fake("one"))
    usual, slow = (
        voices.speak(["xin chào", "tàu đến"], "vi", pause_seconds=0.0, pace=pace).pcm.seconds
        for pace in (1.0, 0.5)
    )
    assert slow == pytest.approx(2 * usual, abs=0.001)


def test_who_failed_before_and_why_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = with_fakes(
        monkeypatch,
        tmp_path,
        Fake("away", unavailable="It is not installed."),
        Fake("hung", fails=VoiceTimeout("It hung.")),
        Fake("faulty", fails=ZeroDivisionError("a bug of ours")),
        Fake("well"),
        Fake("never asked"),
    )
    spoken = voices.speak(["xin chào"], "vi", preferred="forgotten")
    assert spoken.voice_name == spoken.voice_info.name == "well"
    assert spoken.tried == [
        ("forgotten", "There is no voice of this name."),
        ("away", "It is not installed."),
        ("hung", "It hung."),
        ("faulty", "ZeroDivisionError: a bug of ours"),
    ]


def test_a_preferred_voice_that_cannot_speak_the_language_is_passed_over(voices: Voices) -> None:
    spoken = voices.speak(["xin chào"], "vi", preferred="piper:joe")
    assert spoken.voice_name == "hanoi"
    assert spoken.tried == [("piper:joe", "It does not speak “vi”.")]


def test_without_its_weights_the_reserve_speaks_and_the_reason_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "folder", lambda: tmp_path / "nothing")
    spoken = Voices(Setup(tmp_path)).speak(["xin chào"], "vi")
    assert spoken.voice_name == "formant"
    assert spoken.tried == [("hanoi", "Its weights are not in place; run: loaga voices install")]


def test_one_voice_speaks_all_phrases_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Fake("first", fails=VoiceError("No.")), Fake("second")
    with_fakes(monkeypatch, tmp_path, first, second).speak(["một", "hai"], "vi")
    assert (first.asked, second.asked) == (["một"], ["một", "hai"])


def test_when_none_speaks_every_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = with_fakes(
        monkeypatch, tmp_path, Fake("a", unavailable="Off."), Fake("b", fails=VoiceError("Broken."))
    )
    with pytest.raises(VoiceError, match=r"xin chào.*a: Off\. b: Broken\."):
        voices.speak(["xin chào"], "vi")


def test_no_phrases_are_an_error(voices: Voices) -> None:
    with pytest.raises(VoiceError, match="no words"):
        voices.speak([], "vi")


def test_closing_closes_every_voice_and_may_be_done_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes = [Fake("a"), Fake("b")]
    voices = with_fakes(monkeypatch, tmp_path, *fakes)
    voices.close()
    voices.close()
    assert all(fake.closed for fake in fakes)
