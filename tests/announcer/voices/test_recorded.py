"""Clips of a person are joined; another voice fills the gaps at the same level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from announcer.errors import VoiceError, VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.recorded import RecordedVoice
from announcer.voices.silent import SilentVoice
from announcer.voices.speech import rms
from audio.pcm import Pcm
from audio.wav import write_wav

RATE = 16_000
HZ = {"chao": 300, "tau": 500, "ga": 700}
INDEX = """
name: chị Hà
licence: own recordings
source: made by the test
language: vi
clips:
  - {text: "Kính chào quý khách", file: chao.wav}
  - {text: đoàn tàu sắp vào, file: tau.wav}
  - {text: at the station, file: ga.wav, language: en}
"""


def tone(hertz: int, seconds: float = 1.0, level: float = 0.2, rate: int = RATE) -> Pcm:
    times = np.arange(round(seconds * rate)) / rate
    return Pcm((level * np.sin(2 * np.pi * hertz * times)).astype(np.float32), rate)


class Helper(Voice):
    """Fills gaps with a faint tone at another rate, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo("helper", "tone", "1", ("vi",), "Apache-2.0", offline=True)

    def why_unavailable(self) -> str:
        return ""

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        self.asked.append(spoken)
        return tone(1000, level=0.01, rate=22_050)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, hertz in HZ.items():
        write_wav(tmp_path / f"{name}.wav", tone(hertz))
    (tmp_path / "clips.yaml").write_text(INDEX, encoding="utf-8")
    return tmp_path


def test_it_describes_licence_and_source_from_its_index(folder: Path) -> None:
    info = RecordedVoice(folder).info
    assert info.languages == ("vi", "en")
    assert info.licence == "own recordings (made by the test)"
    assert "chị Hà" in info.engine


def test_two_clips_are_crossfaded(folder: Path) -> None:
    pcm = RecordedVoice(folder).speak("kính chào quý khách đoàn tàu sắp vào", "vi")
    assert pcm.rate == RATE
    assert pcm.seconds == pytest.approx(2.0 - 0.02, abs=0.005)


def test_a_mark_between_clips_is_a_pause(folder: Path) -> None:
    pcm = RecordedVoice(folder).speak("Kính chào quý khách. Đoàn tàu sắp vào", "vi")
    assert pcm.seconds == pytest.approx(2.45, abs=0.06)


def test_a_gap_is_filled_by_the_other_voice_at_the_level_of_the_clips(folder: Path) -> None:
    helper = Helper()
    pcm = RecordedVoice(folder, {"vi": helper}).speak("Đoàn tàu sắp vào ga Cát Linh", "vi")
    assert helper.asked == ["ga Cát Linh"]
    assert (pcm.rate, pcm.seconds) == (RATE, pytest.approx(1.98, abs=0.02))
    clip, filled = (Pcm(half, RATE) for half in np.array_split(pcm.samples, 2))
    assert rms(filled) == pytest.approx(rms(clip), rel=0.1)


def test_a_gap_that_nobody_fills_is_an_error(folder: Path) -> None:
    with pytest.raises(VoiceError, match="ga Láng"):
        RecordedVoice(folder).speak("đoàn tàu sắp vào ga Láng", "vi")


def test_without_any_clip_it_does_not_speak(folder: Path) -> None:
    with pytest.raises(VoiceError, match="No clip"):
        RecordedVoice(folder, {"vi": SilentVoice()}).speak("ga Láng", "vi")


def test_clips_of_one_language_are_not_used_for_another(folder: Path) -> None:
    with pytest.raises(VoiceError, match="No clip"):
        RecordedVoice(folder, {"vi": SilentVoice()}).speak("at the station", "vi")


def test_the_other_voice_and_the_clips_are_told_in_the_options(folder: Path) -> None:
    alone, helped = RecordedVoice(folder), RecordedVoice(folder, {"vi": Helper()})
    assert alone.info.options != helped.info.options
    write_wav(folder / "chao.wav", tone(300, seconds=2.0))
    assert RecordedVoice(folder).info.options != alone.info.options


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        ("clips: [", "cannot be used"),
        ("- a list", "cannot be used"),
        ("language: vi\nclips: []", "lists no clips"),
        ("language: vi\nclips: [{text: xin chào, file: gone.wav}]", "gone.wav is missing"),
        ("language: vi\nclips: [{text: xin chào, file: ../../etc/passwd}]", "outside the clip folder"),
        ("language: vi\nclips: [{text: '!', file: chao.wav}]", "no words"),
        ("clips: [{text: xin chào, file: chao.wav}]", "language"),
    ],
)
def test_a_wrong_index_makes_it_unavailable_with_a_reason(folder: Path, index: str, sentence: str) -> None:
    (folder / "clips.yaml").write_text(index, encoding="utf-8")
    voice = RecordedVoice(folder)
    assert sentence in voice.why_unavailable()
    with pytest.raises(VoiceUnavailable):
        voice.speak("xin chào", "vi")


def test_a_clip_that_is_no_sound_is_an_error(folder: Path) -> None:
    (folder / "chao.wav").write_bytes(b"RIFF of another kind")
    with pytest.raises(VoiceError, match=r"chao\.wav"):
        RecordedVoice(folder).speak("kính chào quý khách", "vi")


def test_a_folder_without_an_index_has_no_clips(tmp_path: Path) -> None:
    assert "no recorded clips" in RecordedVoice(tmp_path).why_unavailable()
