"""Piper voices are described by their settings file and speak from a helper that keeps the model loaded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from announcer.errors import VoiceError, VoiceTimeout, VoiceUnavailable
from announcer.voices import piper
from announcer.voices.piper import Manner, PiperVoice, discover, joe, licence

Planted = Callable[..., list[str]]

SETTINGS: dict[str, Any] = {
    "audio": {"sample_rate": 22050, "quality": "medium"},
    "espeak": {"voice": "vi"},
    "inference": {"noise_scale": 0.5},
    "language": {"family": "vi", "code": "vi_VN"},
    "num_speakers": 1,
}


def drop(folder: Path, stem: str, settings: dict[str, Any] | str = SETTINGS) -> Path:
    """A voice's two files, the model being a few bytes."""
    folder.mkdir(exist_ok=True, parents=True)
    model = folder / f"{stem}.onnx"
    model.write_bytes(b"model")
    text = settings if isinstance(settings, str) else json.dumps(settings)
    Path(f"{model}.json").write_text(text, encoding="utf-8")
    return model


@pytest.fixture(scope="module")
def english() -> Iterator[PiperVoice]:
    voice = joe()
    yield voice
    voice.close()


def test_the_english_voice_comes_from_its_package(english: PiperVoice) -> None:
    assert english.info.name == "piper:joe"
    assert english.info.languages == ("en",)
    assert "CC0" in english.info.licence


def test_one_helper_serves_several_jobs(english: PiperVoice) -> None:
    english.speak("platform one", "en")
    first = english.pid
    english.speak("platform two", "en")
    assert english.pid == first is not None


def test_without_noise_two_renderings_are_equal_to_the_byte(english: PiperVoice) -> None:
    voice = PiperVoice(english.model, "piper:even", Manner(noise=0.0))
    first, second = (voice.speak("platform two", "en") for _ in range(2))
    voice.close()
    assert first.samples.tobytes() == second.samples.tobytes()


def test_speed_makes_it_shorter_and_is_told_in_the_options(english: PiperVoice) -> None:
    fast = PiperVoice(english.model, "piper:fast", Manner(speed=1.5))
    words = "please stand behind the yellow line"
    assert fast.speak(words, "en").seconds < 0.85 * english.speak(words, "en").seconds
    assert fast.info.options["speed"] == 1.5
    fast.close()


def test_a_folder_of_voices_is_described_from_their_settings(tmp_path: Path) -> None:
    drop(tmp_path, "vi_VN-vais1000-medium")
    drop(tmp_path / "other", "fr_FR-siwis-low", {**SETTINGS, "language": {}, "espeak": {"voice": "fr-fr"}})
    vi, fr = sorted(discover(tmp_path), key=lambda voice: voice.info.name, reverse=True)
    assert (vi.info.name, vi.info.languages) == ("piper:vais1000", ("vi",))
    assert (vi.info.options["quality"], vi.info.options["noise"]) == ("medium", 0.5)
    assert (fr.info.name, fr.info.languages) == ("piper:siwis", ("fr",))


def test_two_qualities_of_a_voice_keep_apart(tmp_path: Path) -> None:
    for stem in ("vi_VN-vivos-low", "vi_VN-vivos-medium"):
        drop(tmp_path, stem)
    assert {voice.info.name for voice in discover(tmp_path)} == {
        "piper:vi_VN-vivos-low",
        "piper:vi_VN-vivos-medium",
    }


def test_a_dropped_voice_does_not_take_the_name_of_ours(tmp_path: Path) -> None:
    drop(tmp_path, "en_US-joe-medium")
    assert [voice.info.name for voice in discover(tmp_path)] == ["piper:en_US-joe-medium"]


def test_a_replaced_model_is_another_voice_to_the_cache(tmp_path: Path) -> None:
    model = drop(tmp_path, "vi_VN-vivos-low")
    before = PiperVoice(model).info.options
    model.write_bytes(b"another model")
    assert PiperVoice(model).info.options != before


@pytest.mark.parametrize("settings", ["{", "[]", "{}", '{"espeak": {"voice": "vi"}}'])
def test_broken_settings_make_it_unavailable_with_a_reason(tmp_path: Path, settings: str) -> None:
    voice = PiperVoice(drop(tmp_path, "voice", settings))
    assert "voice.onnx.json is not the settings" in voice.why_unavailable()
    with pytest.raises(VoiceUnavailable):
        voice.speak("xin chào", "vi")


def test_missing_files_are_named(tmp_path: Path) -> None:
    model = drop(tmp_path, "voice")
    Path(f"{model}.json").unlink()
    assert "voice.onnx.json is missing" in PiperVoice(model).why_unavailable()
    assert "gone.onnx is missing" in PiperVoice(tmp_path / "gone.onnx").why_unavailable()


def test_without_piper_it_says_so(english: PiperVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper, "find_spec", lambda name: None)
    assert "piper-tts is not installed" in english.why_unavailable()
    assert joe().why_unavailable() != ""


def test_a_model_that_is_none_is_an_error_of_the_voice(tmp_path: Path) -> None:
    voice = PiperVoice(drop(tmp_path, "voice"))
    with pytest.raises(VoiceError, match="ended before it answered"):
        voice.speak("xin chào", "vi")


def test_a_hang_is_stopped(planted: Planted, tmp_path: Path) -> None:
    voice = PiperVoice(drop(tmp_path, "voice"), command=planted("hanging"), loading_seconds=0.2)
    with pytest.raises(VoiceTimeout):
        voice.speak("một", "vi")


def test_a_card_speaks_for_the_only_voice_beside_it(tmp_path: Path) -> None:
    model = drop(tmp_path, "one")
    assert licence(model) == "not stated"
    (tmp_path / "MODEL_CARD").write_text("# A voice\n\n* License: CC BY 4.0\n", encoding="utf-8")
    assert licence(model) == "CC BY 4.0"
    drop(tmp_path, "two")
    assert licence(model) == "not stated"
