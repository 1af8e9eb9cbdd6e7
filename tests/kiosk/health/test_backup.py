"""A backup is whole, taken from a running station, and brings everything back; a damaged one changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from announcer.locking import alone
from kiosk.cli import run
from kiosk.health.backup import back_up, sha256
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.models import Station

Capture = pytest.CaptureFixture[str]
LEXICON = "lexicon.toml"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A station with one of everything."""
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "web").write_bytes(b"k" * 32)
    (home / "clips" / "vi").mkdir(parents=True)
    (home / "clips" / "vi" / "số một.wav").write_bytes(b"RIFF")
    (home / "loaga.toml").write_text("[web]\nport = 9090\n")
    (home / LEXICON).write_text("")
    (home / "cache").mkdir()
    (home / "cache" / "sound.wav").write_bytes(b"x" * 1000)
    (home / "voices" / ".coming").mkdir(parents=True)
    (home / "voices" / ".coming" / "half.onnx").write_bytes(b"half")
    database = Database.of_home(home)
    database.migrate()
    add(database, "ga-thu")
    database.close()
    yield home


def add(database: Database, key: str) -> None:
    with database.write() as session:
        session.add(Station(key=key, kind="rail", name=f"Ga {key}"))


def stations(home: Path) -> list[str]:
    database = Database.of_home(home)
    with database.read() as session:
        found = list(session.scalars(select(Station.key).order_by(Station.key)))
    database.close()
    return found


def backed_up(home: Path, out: Path) -> Path:
    back_up(home, LEXICON, out, utcnow())
    return out


def test_everything_that_cannot_be_made_again_comes_back(home: Path, tmp_path: Path, capsys: Capture) -> None:
    file, other = tmp_path / "b.tar.gz", tmp_path / "other"
    assert run(["backup", "--home", str(home), "--out", str(file)]) == 0
    assert "5 files" in capsys.readouterr().out
    assert run(["restore", str(file), "--home", str(other)]) == 0
    assert stations(other) == ["ga-thu"]
    found = sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    kept = ["clips/vi/số một.wav", "keys/web", LEXICON, "loaga.db", "loaga.toml"]
    assert [name for name in found if not name.startswith(("announcer.lock", "loaga.db-"))] == kept
    assert (other / "keys" / "web").read_bytes() == b"k" * 32


def test_the_file_is_for_its_owner_only(home: Path, tmp_path: Path) -> None:
    assert backed_up(home, tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600


def test_without_a_name_it_lies_in_the_home_under_its_time(home: Path, capsys: Capture) -> None:
    assert run(["backup", "--home", str(home)]) == 0
    (file,) = (home / "backups").iterdir()
    assert file.name.startswith("loaga-20")
    assert (home / "last-backup").read_text().strip() == str(file)


def test_a_backup_of_a_station_at_work_is_of_one_moment(home: Path, tmp_path: Path) -> None:
    database, made = Database.of_home(home, durable=False), 0
    begun, over = threading.Event(), threading.Event()

    def work() -> None:
        """Two stations at a time: an odd number of them would be half a transaction."""
        nonlocal made
        while not over.is_set():
            with database.write() as session:
                for half in "ab":
                    session.add(Station(key=f"{made}{half}", kind="rail", name=f"Ga {made}{half}"))
                    session.flush()
            made += 1
            begun.set()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert begun.wait(30)
        files = [backed_up(home, tmp_path / f"{number}.tar.gz") for number in range(5)]
    finally:
        over.set()
        thread.join()
        database.close()
    for number, file in enumerate(files):
        other = tmp_path / f"other-{number}"
        assert run(["restore", str(file), "--home", str(other)]) == 0
        assert len(stations(other)) % 2 == 1  # ga-thu and pairs


def test_where_there_is_a_station_it_must_be_said_that_it_goes(
    home: Path, tmp_path: Path, capsys: Capture
) -> None:
    file = backed_up(home, tmp_path / "b.tar.gz")
    database = Database.of_home(home)
    add(database, "ga-moi")
    database.close()
    assert run(["restore", str(file), "--home", str(home)]) == 1
    assert "There is a station in" in capsys.readouterr().err
    assert stations(home) == ["ga-moi", "ga-thu"]
    assert run(["restore", str(file), "--home", str(home), "--replace"]) == 0
    assert stations(home) == ["ga-thu"]
    (aside,) = home.glob("before-restore-*")
    assert str(aside) in capsys.readouterr().out
    assert stations(aside) == ["ga-moi", "ga-thu"]
    assert (aside / "keys" / "web").exists()


def test_a_running_announcer_is_not_replaced(home: Path, tmp_path: Path, capsys: Capture) -> None:
    file = backed_up(home, tmp_path / "b.tar.gz")
    with alone(home, "announcer"):
        assert run(["restore", str(file), "--home", str(home), "--replace"]) == 1
    assert "already running" in capsys.readouterr().err
    assert not list(home.glob("before-restore-*"))


def test_a_home_without_a_station_has_nothing_to_back_up(tmp_path: Path, capsys: Capture) -> None:
    assert run(["backup", "--home", str(tmp_path / "empty")]) == 1
    assert "There is no station" in capsys.readouterr().err
    assert not (tmp_path / "empty").exists()


def test_a_place_where_nothing_can_be_written_is_told(home: Path, capsys: Capture) -> None:
    assert run(["backup", "--home", str(home), "--out", "/proc/b.tar.gz"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def remade(file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """The backup with other members or another manifest."""
    with tarfile.open(file) as tar:
        members = {one.name: tar.extractfile(one).read() for one in tar}  # type: ignore[union-attr]
    manifest = json.loads(members.pop("MANIFEST.json"))
    change(members, manifest)
    with tarfile.open(file, "w:gz") as tar:
        for name, data in {"MANIFEST.json": json.dumps(manifest).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return file


def _put(members: dict[str, bytes], manifest: dict[str, Any], name: str) -> None:
    members[name] = b"x"
    manifest["files"][name] = "0"


BROKEN: dict[str, Callable[[dict[str, bytes], dict[str, Any]], Any]] = {
    "loaga.toml is damaged": lambda members, _: members.update({"loaga.toml": b"[web]\nport = 1\n"}),
    "loaga.toml is missing": lambda members, _: members.pop("loaga.toml"),
    "which its manifest does not name": lambda members, _: members.update({"extra": b"x"}),
    "has the format 9": lambda _, manifest: manifest.update(format=9),
    "is not a whole backup": lambda _, manifest: manifest.pop("files"),
    "is not a whole backup of a station": lambda members, manifest: _put(members, manifest, "../out"),
    "There is no database": lambda members, manifest: (
        members.pop("loaga.db"),
        manifest["files"].pop("loaga.db"),
    ),
}


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_backup_that_is_not_as_it_was_written_changes_nothing(
    home: Path, tmp_path: Path, capsys: Capture, sentence: str
) -> None:
    file = remade(backed_up(home, tmp_path / "b.tar.gz"), BROKEN[sentence])
    assert run(["restore", str(file), "--home", str(home), "--replace"]) == 1
    assert sentence in capsys.readouterr().err
    assert stations(home) == ["ga-thu"]
    assert not (tmp_path / "out").exists()
    assert not list(home.glob("before-restore-*"))
    assert not list(home.glob(".restore-*"))


def test_a_database_that_is_not_sound_or_of_tomorrow_is_refused(
    home: Path, tmp_path: Path, capsys: Capture
) -> None:
    def spoil(members: dict[str, bytes], manifest: dict[str, Any]) -> None:
        spoilt = tmp_path / "spoilt"
        spoilt.write_bytes(members["loaga.db"][:5000])
        members["loaga.db"], manifest["files"]["loaga.db"] = spoilt.read_bytes(), sha256(spoilt)

    file = remade(backed_up(home, tmp_path / "b.tar.gz"), spoil)
    assert run(["restore", str(file), "--home", str(home), "--replace"]) == 1
    assert "The database is not sound" in capsys.readouterr().err

    database = Database.of_home(home)
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    file = backed_up(home, tmp_path / "b2.tar.gz")
    assert run(["restore", str(file), "--home", str(tmp_path / "other")]) == 1
    assert "of a newer loaga" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [b"", b"text", gzip.compress(b"text", mtime=0), gzip.compress(b"\0" * 10240, mtime=0)],
    ids=["empty", "text", "packed text", "packed nothing"],
)
def test_a_file_that_is_no_backup_is_refused_in_one_sentence(
    tmp_path: Path, capsys: Capture, data: bytes
) -> None:
    file = tmp_path / "b.tar.gz"
    file.write_bytes(data)
    assert run(["restore", str(file), "--home", str(tmp_path / "other")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "other" / "loaga.db").exists()


def test_half_a_backup_is_refused(home: Path, tmp_path: Path, capsys: Capture) -> None:
    file = backed_up(home, tmp_path / "b.tar.gz")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert run(["restore", str(file), "--home", str(tmp_path / "other")]) == 1
    assert "is not a whole backup" in capsys.readouterr().err
