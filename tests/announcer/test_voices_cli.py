"""The commands about voices, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from announcer.voices.piper import PiperVoice, joe
from announcer.voices.silent import SilentVoice
from kiosk.cli import run

Typed = Callable[..., tuple[int, str, str]]

SETTINGS = {
    "audio": {"sample_rate": 22050},
    "espeak": {"voice": "vi"},
    "language": {"family": "vi"},
    "num_speakers": 1,
}


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    def type_(*words: str) -> tuple[int, str, str]:
        code = run(["--home", str(tmp_path / "home"), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return type_


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The voice hoa on a stick; its model is a few bytes, and a silent voice speaks for it."""
    monkeypatch.setattr(
        PiperVoice, "speak", lambda voice, spoken, language: SilentVoice().speak(spoken, language)
    )
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "vi_VN-hoa-medium.onnx").write_bytes(b"model")
    (folder / "vi_VN-hoa-medium.onnx.json").write_text(json.dumps(SETTINGS))
    (folder / "MODEL_CARD").write_text("# Model card for hoa\n\n* License: CC BY 4.0\n" + "more\n" * 100)
    return folder / "vi_VN-hoa-medium.onnx"


def test_an_added_voice_is_listed_with_its_licence_until_it_is_removed(typed: Typed, stick: Path) -> None:
    code, out, err = typed("voices", "add", str(stick))
    assert (code, err) == (0, "")
    assert out.startswith("# Model card for hoa\n\n* License: CC BY 4.0\n")
    assert out.count("more") < 100
    assert "Added “piper:hoa”, which speaks “vi”" in out
    assert 'voices.vi = "piper:hoa"' in out
    listed = {line.split()[0]: line for line in typed("voices")[1].splitlines()}
    assert "CC BY 4.0" in listed["piper:hoa"]
    assert listed["piper:hoa"].endswith("ready")
    assert typed("voices", "remove", "hoa")[0] == 0
    assert "piper:hoa" not in typed("voices")[1]


def test_a_voice_that_changes_its_name_by_that_is_told(typed: Typed, stick: Path) -> None:
    typed("voices", "add", str(stick))
    out = typed("voices", "add", str(stick), "--name", "vi_VN-hoa-low")[1]
    assert "“piper:hoa” is now called “piper:vi_VN-hoa-medium”" in out


def test_a_real_voice_is_added_and_speaks(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert typed("voices", "add", str(joe().model), "--name", "en_US-jo-medium")[0] == 0
    monkeypatch.setenv("LOAGA_VOICES_EN", "piper:jo")
    code, out, _ = typed("say", "Platform 2", "--lang", "en")
    assert (code, json.loads(out)["voice"]) == (0, "piper:jo")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "nowhere.onnx"], "There is no file nowhere.onnx.json"),
        (["add", "{stick}", "--sha256", "0"], "is no SHA-256"),
        (["add", "{stick}", "--name", "../a"], "cannot be the name"),
        (["add", "http://127.0.0.1/a.onnx"], "Over http"),
        (["add", "{stick}", "--licence", "nowhere.txt"], "There is no file nowhere.txt"),
        (["remove", "hoa"], "No voice “hoa” was added"),
    ],
)
def test_a_wrong_use_is_one_sentence(typed: Typed, stick: Path, words: list[str], sentence: str) -> None:
    code, out, err = typed("voices", *(word.format(stick=stick) for word in words))
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(typed: Typed, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "voices").write_text("in the way")
    code, _, err = typed("voices", "add", str(stick))
    assert code == 1
    assert "could not be written" in err
    assert err.count("\n") == 1


def test_google_when_on_says_in_vietnamese_that_text_leaves_the_country(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "được gửi ra nước ngoài" not in typed("voices")[1]
    monkeypatch.setenv("LOAGA_VOICES_GOOGLE", "true")
    listed = {line.split()[0]: line for line in typed("voices")[1].splitlines()}
    assert "văn bản thông báo được gửi ra nước ngoài" in listed["google"]
