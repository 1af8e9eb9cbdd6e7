"""The commands about a zone's room, as they are typed, with recordings from rooms that are computed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.acoustics.rooms import heard_in
from audio.acoustics.sweep import test_signal as the_signal
from audio.pcm import Pcm, Samples, silence
from audio.wav import read_wav, write_wav
from kiosk.cli import run

RATE = 24_000
ZONE = "ga-ha-noi-ke-1"

Record = Callable[[float], Path]


def answer(rt60: float) -> Samples:
    """The direct sound, and noise that dies away by 60 dB in ``rt60`` seconds."""
    t = np.arange(2 * RATE) / RATE
    tail = np.random.default_rng(3).standard_normal(len(t)) * 10 ** (-3 * t / rt60) * 0.02
    tail[0] += 0.3
    return tail.astype(np.float32)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOAGA_HOME", str(tmp_path / "home"))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """The test signal as it is recorded in a room with that reverberation time."""

    def recorded(rt60: float) -> Path:
        path = tmp_path / f"{rt60}.wav"
        write_wav(path, heard_in(the_signal(RATE), answer(rt60)))
        return path

    return recorded


def answered(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_signal_is_written_as_a_wav(tmp_path: Path) -> None:
    assert run(["room", "signal", str(tmp_path / "s.wav")]) == 0
    assert read_wav(tmp_path / "s.wav").seconds == pytest.approx(the_signal().seconds)


def test_a_recording_becomes_figures(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["room", "measure", str(record(0.6)), "--zone", ZONE, "--json"]) == 0
    found = answered(capsys)
    assert found["rt60"] == pytest.approx(0.6, rel=0.1)
    assert found["faults"] == []


def test_for_people_it_is_called_indicative(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["room", "measure", str(record(0.6)), "--zone", ZONE]) == 0
    assert "(indicative)" in capsys.readouterr().out


def test_a_room_that_got_worse_is_told(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    for rt60 in (0.6, 0.6, 2.5):
        run(["room", "measure", str(record(rt60)), "--zone", ZONE])
    capsys.readouterr()
    assert run(["room", "trend", "--zone", ZONE]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "STI fell by" in last


def test_each_zone_has_its_own_records(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    run(["room", "measure", str(record(0.6)), "--zone", ZONE])
    capsys.readouterr()
    assert run(["room", "trend", "--zone", "ga-ha-noi-sanh-cho", "--json"]) == 0
    assert answered(capsys) == {"records": [], "fallen": 0}


@pytest.mark.parametrize(
    ("pcm", "zone", "sentence"),
    [
        (silence(30, RATE), ZONE, "not in the recording"),
        (silence(30, 16_000), ZONE, "at least 24000 are needed"),
        (silence(30, RATE), "nowhere", "nowhere"),
    ],
    ids=["no signal", "too low a rate", "no such zone"],
)
def test_what_cannot_be_measured_is_told_and_nothing_is_kept(
    pcm: Pcm, zone: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "r.wav", pcm)
    assert run(["room", "measure", str(tmp_path / "r.wav"), "--zone", zone]) == 1
    assert sentence in capsys.readouterr().err
    run(["room", "trend", "--zone", ZONE])
    assert capsys.readouterr().out == "Nothing was measured here yet.\n"


def test_a_signal_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run(["room", "signal", str(tmp_path / "file" / "s.wav")]) == 1
    assert "cannot be written" in capsys.readouterr().err
