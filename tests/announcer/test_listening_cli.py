"""The commands about listening, as they are typed, with a recogniser that hears what the test tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from listeners import Parrot

from announcer.models import Sound
from announcer.recognisers.base import Recogniser
from announcer.recognisers.registry import Recognisers
from announcer.voices.silent import SilentVoice
from audio.pcm import Pcm
from audio.wav import write_wav
from kiosk.cli import run
from schedules.core.database import Database

WORDS = "tàu khởi hành lúc mười chín giờ ba mươi phút"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.wav"
    write_wav(path, SilentVoice().speak(WORDS, "vi"))
    return path


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What every recogniser will hear: append to it."""
    texts: list[str] = []

    def require(self: Recognisers, language: str) -> Recogniser:
        return Parrot(*texts)

    monkeypatch.setattr(Recognisers, "require", require)
    yield texts


def test_a_file_is_written_down(file: Path, heard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    heard.append("Tàu khởi hành")
    assert run(["listen", str(file)]) == 0
    assert capsys.readouterr().out == "tàu khởi hành\n"


def test_against_a_text_the_verdict_and_every_misheard_word_are_told(
    file: Path, heard: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    heard.append("tàu khởi hành lúc mười chín giờ mười ba phút")
    assert run(["listen", str(file), "--against", "Tàu khởi hành lúc 19h30."]) == 0
    out = capsys.readouterr().out
    assert "Doubtful (figures)" in out
    assert "mươi → ba" in out


def test_as_json_it_is_data(file: Path, heard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    heard.append(WORDS)
    assert run(["listen", str(file), "--against", WORDS, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["words"] == WORDS.split()
    assert data["verdict"] == {"grade": "good", "score": 1.0, "reasons": [], "misheard": []}


def test_silence_is_told(file: Path, heard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    heard.append("")
    write_wav(file, Pcm(np.zeros(8000, np.float32), 8000))
    assert run(["listen", str(file)]) == 0
    assert capsys.readouterr().out == "(no words heard)\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.wav"], "cannot be read"),
        (["{file}", "--against", " … "], "no words after --against"),
        (["{file}", "--recogniser", "kaldi"], "There is no recogniser “kaldi”"),
        (["{file}", "--recogniser", "viet-asr", "--lang", "en"], "does not know “en”"),
        (["{file}", "--lang", "lo"], "No recogniser listens to “lo”"),
    ],
)
def test_a_wrong_use_is_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["listen", *(argument.format(file=file) for argument in arguments)]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def keep_bad(home: Path) -> None:
    database = Database.of_home(home)
    database.migrate()
    verdict = {"vi": {"grade": "bad", "score": 0.4, "reasons": ["words"], "misheard": [["xin", "in"]]}}
    with database.write() as session:
        session.add(
            Sound(
                key="abc123",
                seconds=1.0,
                lufs=-16.0,
                true_peak_db=-1.5,
                sha256="h",
                voices={"vi": "espeak"},
                spoken={"vi": "xin chào"},
                made_at=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
                readback=verdict,
            )
        )
    database.close()


def test_what_waits_for_consent_is_listed_until_somebody_consents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_bad(tmp_path)
    home = ["--home", str(tmp_path)]
    assert run([*home, "sound", "list"]) == 0
    assert "abc123" in (listed := capsys.readouterr().out)
    assert "vi (espeak): bad (words), 40%" in listed
    assert run([*home, "sound", "approve", "abc", "--by", "Hà"]) == 0
    assert capsys.readouterr().out == "Approved: xin chào\n"
    assert run([*home, "sound", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_consent_to_nothing_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_bad(tmp_path)
    capsys.readouterr()
    assert run(["--home", str(tmp_path), "sound", "approve", "zzz"]) == 1
    assert "There is no sound “zzz”" in capsys.readouterr().err


def test_messages_are_read_back_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Recognisers, "find", lambda self, language: Parrot("ạ") if language == "vi" else None)
    monkeypatch.setenv("LOAGA_VOICES_VI", "formant")
    assert run(["--home", str(tmp_path), "sound", "review", "thu-loa", "--json"]) == 0
    first, *rest = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (first["message"], first["language"], first["grade"]) == ("thu-loa", "vi", "bad")
    assert {one["grade"] for one in rest} <= {"unheard"}


def test_an_unknown_message_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(tmp_path), "sound", "review", "khong-co"]) == 1
    assert "“khong-co”" in capsys.readouterr().err


def test_an_unknown_profile_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(tmp_path), "sound", "review", "--mastering", "loud"]) == 1
    assert "There is no mastering profile 'loud'" in capsys.readouterr().err
