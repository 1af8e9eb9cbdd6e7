"""Where a station lives, and what it begins with."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from factories import bring_in, station
from sqlalchemy import func, select

from schedules import exchange
from schedules.core.database import Database
from schedules.core.errors import SettingsError, StationError
from schedules.home import Home, default_home, is_empty, seed
from schedules.models import Station
from schedules.operations import all_stations

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
NOTICE = "A new station home in {}, with three demo stations.\n"


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """A person with a home folder and nothing set."""
    monkeypatch.delenv("LOAGA_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    yield monkeypatch


def stations(path: Path) -> list[str]:
    with Home(path).closing() as home, home.database.read() as session:
        return [found.key for found in all_stations(session)]


# --------------------------------------------------------------------------------------------------- which folder


def test_a_home_is_where_programs_keep_their_data(nobody: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert default_home() == tmp_path / ".local" / "share" / "loaga"


def test_another_place_for_data_is_respected(nobody: pytest.MonkeyPatch) -> None:
    nobody.setenv("XDG_DATA_HOME", "/data")
    assert default_home() == Path("/data/loaga")


def test_loaga_home_wins(nobody: pytest.MonkeyPatch) -> None:
    nobody.setenv("XDG_DATA_HOME", "/data")
    nobody.setenv("LOAGA_HOME", "/srv/ga")
    assert default_home() == Path("/srv/ga")


@pytest.mark.parametrize("name", ["LOAGA_HOME", "XDG_DATA_HOME"])
def test_a_variable_set_to_nothing_is_not_set(nobody: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    nobody.setenv(name, "")
    assert default_home() == tmp_path / ".local" / "share" / "loaga"


def test_a_tilde_is_the_persons_home(nobody: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Home(Path("~/ga")).path == tmp_path / "ga"


def test_a_home_stays_where_it_is_when_the_process_goes_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home(Path("ga")).path == tmp_path / "ga"


# ------------------------------------------------------------------------------------------------ how it begins


def test_a_new_home_begins_with_three_demo_stations_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "deep" / "down"
    assert stations(home) == ["ben-xe-giap-bat", "ga-cat-linh", "ga-ha-noi"]
    assert capsys.readouterr().err == NOTICE.format(home)


def test_the_second_time_it_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = stations(tmp_path)
    capsys.readouterr()
    assert (stations(tmp_path), capsys.readouterr().err) == (first, "")


def test_without_the_demo_it_begins_empty(tmp_path: Path) -> None:
    with Home(tmp_path, demo=False).closing() as home:
        assert is_empty(home.database)


def test_a_station_of_ones_own_is_left_alone(database: Database, tmp_path: Path) -> None:
    bring_in(database, tmp_path, station(), NOW)
    assert stations(tmp_path) == ["ga-thu"]


def test_a_beginning_that_failed_half_way_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "_import_schedules", fail)
        with pytest.raises(RuntimeError):
            stations(tmp_path)
    assert len(stations(tmp_path)) == 3


def test_tables_without_content_are_a_beginning_too(database: Database, tmp_path: Path) -> None:
    assert len(stations(tmp_path)) == 3


def test_of_two_who_seed_one_does_it(database: Database) -> None:
    assert (seed(database, NOW), seed(database, NOW)) == (True, False)


def _begin(path: str) -> None:
    stations(Path(path))


def test_two_processes_may_begin_at_once(tmp_path: Path) -> None:
    processes = [
        multiprocessing.get_context("spawn").Process(target=_begin, args=(str(tmp_path),)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with Home(tmp_path, demo=False).closing() as home, home.database.read() as session:
        assert session.scalar(select(func.count(Station.id))) == 3


# --------------------------------------------------------------------------------------------- what can go wrong


def refusal(path: Path) -> StationError:
    with pytest.raises(StationError) as caught:
        stations(path)
    return caught.value


def test_a_file_in_the_place_of_the_home_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    error = refusal(tmp_path / "home")
    assert (str(error), error.hint) == (
        f"{tmp_path / 'home'} cannot be made: File exists.",
        "Choose another with --home.",
    )


def test_a_home_under_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(refusal(tmp_path / "file" / "home")).endswith("cannot be made: Not a directory.")


def test_a_home_in_which_nothing_may_be_written_is_told() -> None:
    assert "cannot be" in str(refusal(Path("/proc/loaga")))


def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "loaga.db").mkdir()
    error = refusal(tmp_path)
    assert "loaga.db cannot be used: unable to open database file" in str(error)
    assert "--home" in error.hint


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "loaga.db").write_text("not a database " * 100)
    assert "loaga.db cannot be used: file is not a database" in str(refusal(tmp_path))


def test_a_database_of_a_newer_loaga_is_told(tmp_path: Path) -> None:
    stations(tmp_path)
    with closing(sqlite3.connect(tmp_path / "loaga.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "9999" in str(refusal(tmp_path))


def test_wrong_settings_are_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "loaga.toml").write_text("[nowhere]\nnothing = 1")
    with pytest.raises(SettingsError):
        _ = Home(tmp_path).settings


def test_a_home_that_was_never_used_is_closed_without_being_made(tmp_path: Path) -> None:
    with Home(tmp_path / "home").closing():
        pass
    assert not (tmp_path / "home").exists()
