"""The speaking commands as a person types them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from factories import bring_in, station
from listeners import Parrot
from sqlalchemy import func, select

from announcer import cli
from announcer.models import Announcement, ZoneCommand
from announcer.recognisers.registry import Recognisers
from announcer.voices import google
from announcer.voices.google import Request
from announcer.voices.silent import SilentVoice
from audio.measure import lufs
from audio.wav import header, read_wav
from kiosk.cli import home_first, run
from schedules.core.clock import utcnow
from schedules.core.database import Database

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command at the test's station: exit code, output, complaints."""
    bring_in(database, tmp_path, station(), utcnow())

    def type_(*words: str) -> tuple[int, str, str]:
        code = run(["--home", str(tmp_path), *words])
        out, err = capsys.readouterr()
        return code, out, err

    return type_


def count(database: Database, model: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_say_speaks_into_a_file_and_tells_what_it_measured(typed: Typed, tmp_path: Path) -> None:
    wav = tmp_path / "a.wav"
    code, out, _ = typed("say", "Tàu SE1 lúc 19h30", "--out", str(wav))
    told = json.loads(out)
    sound = read_wav(wav)
    assert code == 0
    assert told["voice"] == "hanoi"
    assert told["spoken"] == "tàu ét e một lúc mười chín giờ ba mươi phút"
    assert told["seconds"] == pytest.approx(sound.seconds, abs=0.01)
    assert told["lufs"] == pytest.approx(lufs(sound), abs=0.1)


def test_say_tells_what_a_listener_made_of_it(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recognisers, "find", lambda self, language: Parrot("tàu ét e một lúc mười ba giờ"))
    _, out, err = typed("say", "Tàu SE1 lúc 19h", "--voice", "formant")
    told = json.loads(out)["readback"]
    assert told["grade"] == "doubtful"
    assert ["chín", "ba"] in told["misheard"]
    assert err.startswith("Doubtful (figures)")
    assert "  chín → ba\n" in err


def test_say_tells_nothing_where_nobody_listens(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOAGA_READBACK_ENABLED", "false")
    _, out, err = typed("say", "Xin chào", "--voice", "formant")
    assert (json.loads(out)["readback"], err) == (None, "")


def test_say_with_google_says_that_the_text_left_the_country(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(request: Request) -> bytes:
        pcm = SilentVoice().speak(request.text, request.language)
        return header(len(pcm.samples), pcm.rate) + pcm.int16().tobytes()

    monkeypatch.setattr(google, "fetch_with_gtts", fetch)
    monkeypatch.setenv("LOAGA_READBACK_ENABLED", "false")
    monkeypatch.setenv("LOAGA_VOICES_GOOGLE", "true")
    assert "văn bản thông báo được gửi ra nước ngoài" in typed("say", "Xin chào", "--voice", "google")[2]
    assert typed("say", "Xin chào", "--voice", "formant")[2] == ""


def test_say_speaks_english_with_the_english_voice(typed: Typed) -> None:
    _, out, _ = typed("say", "Platform 2", "--lang", "en")
    assert (json.loads(out)["voice"], json.loads(out)["spoken"]) == ("piper:joe", "platform two")


def test_read_shows_the_spoken_form(typed: Typed) -> None:
    assert typed("read", "ghế A12") == (0, "ghế a mười hai\n", "")


def test_read_takes_a_file_line_by_line(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("tuyến 86\n\n8h30\n", "utf-8")
    assert typed("read", "--file", str(tmp_path / "lines.txt"))[1].splitlines() == [
        "tuyến tám mươi sáu",
        "",
        "tám giờ ba mươi phút",
    ]


def test_announce_is_a_committed_row_for_every_zone(typed: Typed, database: Database) -> None:
    code, out, err = typed(
        "announce", "chao-tau", "--zone", "all", "--set", "service=SE1", "--set", "time=19:30"
    )
    assert (code, json.loads(out)["zones"]) == (0, ["ke-1", "sanh"])
    assert count(database, Announcement) == 2
    assert "not running" in err


def test_the_same_request_id_twice_adds_nothing(typed: Typed, database: Database) -> None:
    for _ in range(2):
        typed("announce", "xep-hang", "--zone", "sanh", "--request-id", "a")
    assert count(database, Announcement) == 1


def test_stop_and_mute_are_committed_orders(typed: Typed, database: Database) -> None:
    assert typed("stop", "--zone", "sanh")[0] == 0
    assert typed("mute", "--zone", "all", "--minutes", "5")[0] == 0
    assert count(database, ZoneCommand) == 3


def test_an_empty_log_says_so_and_its_csv_has_the_columns(typed: Typed) -> None:
    assert typed("log")[1] == "Nothing in the log since then.\n"
    [columns] = csv.reader(io.StringIO(typed("log", "--csv")[1]))
    wanted = {
        "planned_at",
        "started_at",
        "ended_at",
        "zone",
        "text",
        "voice",
        "sound_sha256",
        "lufs",
        "result",
        "reason",
    }
    assert wanted <= set(columns)


def test_voices_are_listed_with_why_they_cannot_speak(typed: Typed) -> None:
    lines = {line.split()[0]: line for line in typed("voices")[1].splitlines()}
    assert lines["espeak"].endswith("ready")
    assert "leave the country" in lines["google"]


def test_check_finds_a_blank_that_nobody_fills(typed: Typed, database: Database, tmp_path: Path) -> None:
    assert typed("check")[0] == 0
    bad = {
        "key": "tau",
        "message": "chao-tau",
        "trigger": {"kind": "times", "at": ["08:00"]},
        "values": {"time": "8:00"},
    }
    bring_in(database, tmp_path, station(bad), utcnow())
    code, out, _ = typed("check")
    assert code == 1
    assert "“service”" in out


def test_check_finds_a_value_that_fills_nothing(typed: Typed, database: Database, tmp_path: Path) -> None:
    every = {"kind": "times", "at": ["08:00"]}
    bad = {"key": "a", "message": "xep-hang", "trigger": every, "values": {"tiem": "8:00"}}
    bring_in(database, tmp_path, station(bad), utcnow())
    code, out, _ = typed("check")
    assert code == 1
    assert "“tiem”" in out


def test_an_import_into_an_empty_home_brings_no_demo_stations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ga.yaml"
    file.write_text(yaml.safe_dump(station(), allow_unicode=True), "utf-8")
    assert run(["--home", str(tmp_path / "home"), "import", str(file)]) == 0
    run(["--home", str(tmp_path / "home"), "export"])
    exported = yaml.safe_load(capsys.readouterr().out.split("\n", 1)[1])
    assert [entry["key"] for entry in exported["stations"]] == ["ga-thu"]


def test_doctor_finds_a_voice_that_is_wished_for_and_not_there(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOAGA_VOICES_VI", "giọng nói")
    code, out, _ = typed("check")
    assert code == 1
    assert "giọng nói" in out


WRONG = {
    "no such command": (["spaek"], 2),
    "no such message": (["announce", "xep-han", "--zone", "sanh"], 1),
    "no such zone": (["announce", "xep-hang", "--zone", "sah"], 1),
    "no such voice": (["say", "xin chào", "--voice", "giọng"], 1),
    "nothing to say": (["say", "…"], 1),
    "too much to say": (["say", "a " * 2000], 1),
    "a language nobody speaks": (["say", "xin", "--lang", "xx"], 1),
    "a language that no voice knows": (["announce", "--text", "xin", "--zone", "sanh", "--lang", "zz"], 1),
    "a voice that is off": (["say", "xin", "--voice", "google"], 1),
    "a file that cannot be written": (["say", "xin", "--out", "/nowhere/a.wav"], 1),
    "a mute of no number": (["mute", "--zone", "sanh", "--minutes", "nan"], 1),
    "message and text": (["announce", "xep-hang", "--text", "a", "--zone", "sanh"], 1),
    "a blank that is not there": (["announce", "xep-hang", "--zone", "sanh", "--set", "a=b"], 1),
    "a blank that is empty": (["announce", "chao-tau", "--zone", "sanh"], 1),
    "no blank at all": (["announce", "chao-tau", "--zone", "sanh", "--set", "time"], 1),
    "a value nobody can say": (
        ["announce", "chao-tau", "--zone", "sanh", "--set", "service=😀", "--set", "time=8:00"],
        1,
    ),
    "neither text nor file": (["read"], 1),
    "a file that is not there": (["read", "--file", "none.txt"], 1),
    "no moment": (["log", "--since", "yesterday"], 1),
    "no priority": (["announce", "xep-hang", "--zone", "sanh", "--priority", "high"], 2),
    "a mute of no length": (["mute", "--zone", "sanh", "--minutes", "0"], 2),
    "no day": (["plan", "--date", "2026-02-30"], 2),
}


@pytest.mark.parametrize(("words", "code"), WRONG.values(), ids=WRONG)
def test_every_wrong_use_gets_one_clear_line(typed: Typed, words: list[str], code: int) -> None:
    got, out, err = typed(*words)
    assert (got, out) == (code, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [["plan", "--home="], ["plan", "--home"], ["--home", "", "plan"]])
def test_a_home_of_no_name_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 1
    assert "names no folder" in capsys.readouterr().err


def test_home_may_stand_behind_the_command() -> None:
    assert home_first(["plan", "--home", "x", "--json"]) == ["--home", "x", "plan", "--json"]
    assert home_first(["plan", "--home=x"]) == ["--home=x", "plan"]


@pytest.mark.parametrize("text", ["30m", "2h", "7d", "2026-11-24", "2026-11-24T08:00"])
def test_moments_are_understood_in_all_their_forms(text: str) -> None:
    assert cli.moment_of(text, utcnow()).tzinfo is not None
