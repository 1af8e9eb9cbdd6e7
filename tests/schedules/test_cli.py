"""plan, import and export as somebody types them: an answer or one clear line, and never a traceback."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from factories import bring_in, station

from kiosk.cli import run
from schedules.core.database import Database

DAY = "2048-11-24"  # what is past is not planned
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TIMES = {"kind": "times", "at": ["08:00", "08:00:01", "09:00"]}
QUEUE = {"key": "xep-hang", "message": "xep-hang", "trigger": TIMES, "expires_minutes": 0.01}


class Terminal:
    """Somebody at a keyboard, in the home of Ga Thử."""

    def __init__(self, home: Path, screen: pytest.CaptureFixture[str]) -> None:
        self.home, self._screen = home, screen
        self.code, self.out, self.err = 0, "", ""

    def type(self, *words: str) -> Terminal:
        self.code = run(["--home", str(self.home), *words])
        self.out, self.err = self._screen.readouterr()
        return self


@pytest.fixture
def terminal(database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    bring_in(database, tmp_path, station(QUEUE), LONG_AGO)
    return Terminal(tmp_path, capsys)


# ------------------------------------------------------------------------------------------------------ plan


def planned(terminal: Terminal) -> dict[str, Any]:
    found = json.loads(terminal.type("plan", "--date", DAY, "--json").out)
    assert isinstance(found, dict)
    return found


def test_a_plan_is_one_object_with_all_occurrences(terminal: Terminal) -> None:
    plan = planned(terminal)
    assert (list(plan), plan["date"], len(plan["occurrences"])) == (["date", "occurrences"], DAY, 6)


def test_an_occurrence_is_told_in_plain_values(terminal: Terminal) -> None:
    first = planned(terminal)["occurrences"][0]
    assert first.pop("seconds") > 0
    assert first == {
        "due": DAY + "T08:00:00.000+07:00",
        "planned": DAY + "T08:00:00.000+07:00",
        "expires": DAY + "T08:00:00.600+07:00",
        "zone": "ke-1",
        "schedule": "xep-hang",
        "message": "xep-hang",
        "title": "Xếp hàng",
        "category": "conduct",
        "priority": "normal",
        "gives_way": "",
        "reason": "",
        "result": None,
    }


def test_what_gives_way_says_why(terminal: Terminal) -> None:
    ways = [(row["gives_way"], row["reason"]) for row in planned(terminal)["occurrences"] if row["gives_way"]]
    assert ways == [("no-room", "no room before it expires, behind “Xếp hàng”")] * 2


def test_planning_twice_shows_the_same(terminal: Terminal) -> None:
    assert planned(terminal) == planned(terminal)


def test_a_plan_for_people_has_a_line_for_each_and_a_sum(terminal: Terminal) -> None:
    lines = terminal.type("plan", "--date", DAY).out.splitlines()
    assert (lines[0].split(), len(lines), lines[-1]) == (
        ["08:00:00", "ke-1", "Xếp", "hàng"],
        7,
        "24/11/2048: 2 gives way, 4 planned",
    )


def test_an_empty_day_is_told(terminal: Terminal) -> None:
    assert terminal.type("plan", "--date", "2025-11-24").out == "Nothing is planned for 24/11/2025.\n"


def test_a_plan_without_a_date_is_todays(terminal: Terminal) -> None:
    assert json.loads(terminal.type("plan", "--json").out)["date"] >= "2026"


# ------------------------------------------------------------------------------------------- import and export


def test_what_was_exported_can_be_imported_elsewhere_and_is_the_same(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "all.yaml"
    assert terminal.type("export", "--out", str(out)).out == f"Written to {out}.\n"
    other = Terminal(tmp_path / "other", capsys)
    other.type("import", str(out))  # beside the demo stations that a new home begins with
    exported, wanted = yaml.safe_load(other.type("export").out), yaml.safe_load(out.read_text("utf-8"))
    for section, entries in wanted.items():
        keys = {entry["key"] for entry in entries}
        assert [entry for entry in exported[section] if entry["key"] in keys] == entries


def test_an_export_goes_to_standard_output(terminal: Terminal) -> None:
    assert yaml.safe_load(terminal.type("export").out)["schedules"][0]["key"] == "xep-hang"


def test_an_export_keeps_vietnamese_letters_as_they_are(terminal: Terminal) -> None:
    assert "Xin quý khách xếp hàng." in terminal.type("export").out


def test_what_was_exported_changes_nothing_here(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("export", "--out", str(tmp_path / "all.yaml"))
    assert terminal.type("import", str(tmp_path / "all.yaml")).out == "0 added, 0 changed, 7 unchanged.\n"


def test_several_files_come_in_together(terminal: Terminal, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"stations: [{{key: {name}, kind: bus, name: {name}}}]")
    words = [str(tmp_path / f"{name}.yaml") for name in ("a", "b")]
    assert terminal.type("import", *words).out == "2 added, 0 changed, 0 unchanged.\n"


def test_a_bad_file_is_refused_with_its_line_and_nothing_comes_in(terminal: Terminal, tmp_path: Path) -> None:
    before = terminal.type("export").out
    (tmp_path / "good.yaml").write_text("stations: [{key: moi, kind: bus, name: Mới}]", "utf-8")
    (tmp_path / "bad.yaml").write_text("stations:\n  - key: a\n    kindd: bus\n    name: A\n", "utf-8")
    terminal.type("import", str(tmp_path / "good.yaml"), str(tmp_path / "bad.yaml"))
    assert (terminal.code, terminal.err) == (
        1,
        f"{tmp_path / 'bad.yaml'}, line 3: stations → no. 1 → kindd: there is no such key here. Did you mean “kind”?\n",
    )
    assert terminal.type("export").out == before


# ------------------------------------------------------------------------------------------------- wrong use

WRONG = {
    "no file to import": (["import"], 2, "Missing argument"),
    "a file that is not there": (["import", "none.yaml"], 1, "none.yaml cannot be read: No such file"),
    "a folder to import": (["import", "/"], 1, "/ cannot be read: Is a directory"),
    "a date written the other way": (["plan", "--date", "24/11/2026"], 2, "does not match the format '%Y-%m-%d'"),
    "a date that does not exist": (["plan", "--date", "2026-02-30"], 2, "does not match the format"),
    "the last day of all": (["plan", "--date", "9999-12-31"], 1, "The lunar calendar of 9999 is not known."),
    "the first day of all": (["plan", "--date", "0001-01-01"], 1, "The lunar calendar of 1 is not known."),
    "an option that is none": (["plan", "--jsn"], 2, "--json"),
    "a word too many": (["plan", "today"], 2, "unexpected extra argument"),
    "no command": (["plann"], 2, "No such command"),
    "a place to export to that is not there": (["export", "--out", "/none/all.yaml"], 1, "cannot be written: No such"),
    "a folder to export to": (["export", "--out", "/"], 1, "/ cannot be written: Is a directory."),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG.values(), ids=WRONG)
def test_wrong_use_gives_one_clear_line(
    terminal: Terminal, words: list[str], code: int, sentence: str
) -> None:
    terminal.type(*words)
    assert (terminal.code, terminal.out, terminal.err.count("\n")) == (code, "", 1)
    assert sentence in terminal.err
    assert "Traceback" not in terminal.err
    assert "went wrong inside" not in terminal.err


def test_a_home_that_cannot_be_gives_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("")
    terminal = Terminal(tmp_path / "home", capsys).type("plan")
    assert (terminal.code, terminal.err) == (
        1,
        f"{tmp_path / 'home'} cannot be made: File exists. Choose another with --home.\n",
    )


@pytest.mark.parametrize("command", ["plan", "import", "export"])
def test_help_is_an_answer(terminal: Terminal, command: str) -> None:
    assert (terminal.type(command, "--help").code, terminal.out.startswith("Usage: loaga")) == (0, True)
