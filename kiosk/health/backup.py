"""All of a station that cannot be made again, in one file, and back.

A backup is a gzipped tar: the database as SQLite itself copies it, whole at one moment while the station runs, the files
beside it, and MANIFEST.json with a SHA-256 for each. A restore checks everything before it changes anything, and what was
there before is kept aside.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from schedules.core.clock import iso_local, to_local
from schedules.core.errors import FileRefused, StationError
from schedules.core.migrations import HEAD

DATABASE = "loaga.db"
BESIDE = (
    "loaga.toml",
    "audit-head",
    "keys",
    "clips",
    "recordings",
    "voices",
)  # and the staff's lexicon, whose name is a setting
MANIFEST = "MANIFEST.json"
LAST_BACKUP = "last-backup"  # in the home: where the newest one was put, and by its own time when
FORMAT = 1


@dataclass(frozen=True)
class Backup:
    """What a backup says of itself. ``files``: path in the home, to its SHA-256."""

    made_at: str
    version: str
    files: dict[str, str]

    @staticmethod
    def from_data(data: dict[str, Any]) -> Backup:
        if data["format"] != FORMAT:
            raise FileRefused(f"This backup has the format {data['format']}; this loaga reads {FORMAT}.")
        return Backup(str(data["made_at"]), str(data["tables"]), dict(data["files"]))


def back_up(home: Path, lexicon: str, out: Path, now: datetime) -> Backup:
    """Write ``out``, whole or not at all, for its owner's eyes only: it holds the keys. Raises StationError."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".loaga-backup-") as folder:
            database = Path(folder, DATABASE)
            _copy_database(home / DATABASE, database)
            members = {DATABASE: database, **_beside(home, lexicon)}
            made = Backup(
                iso_local(now) or "",
                _tables(database),
                {name: sha256(path) for name, path in members.items()},
            )
            draft = Path(folder, "draft")
            _write(draft, members, made)
            draft.replace(out)
    except (OSError, sqlite3.Error) as error:
        raise StationError(
            f"{out} cannot be written: {error}.", "Look at the disk, or choose another place."
        ) from error
    return made


def restore(file: Path, home: Path, now: datetime) -> tuple[Backup, Path | None]:
    """Put the backup in the place of what is in ``home``; returns it, and where the former things were put.

    Nobody may be using the home. Raises FileRefused for a backup that is not whole, and has then changed nothing.
    """
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        backup = _unpacked(file, Path(folder))
        _check(Path(folder), backup)
        aside = _put_aside(home, backup, now)
        for name in sorted({PurePosixPath(path).parts[0] for path in backup.files}, key=DATABASE.__eq__):
            Path(folder, name).replace(home / name)  # the database last: without it a home counts as empty
    return backup, aside


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_database(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as one,
        closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")


def _beside(home: Path, lexicon: str) -> dict[str, Path]:
    """Every file, by its path in the home; hidden ones are still being made."""
    tops = [home / name for name in dict.fromkeys((*BESIDE, lexicon)) if (home / name).exists()]
    found = [path for top in tops for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
    inside = {path.relative_to(home): path for path in found if path.is_file() and path.is_relative_to(home)}
    return {
        str(PurePosixPath(name)): path
        for name, path in inside.items()
        if not any(part.startswith(".") for part in name.parts)
    }


def _write(draft: Path, members: dict[str, Path], made: Backup) -> None:
    data = {"format": FORMAT, "made_at": made.made_at, "tables": made.version, "files": made.files}
    manifest = draft.with_name(MANIFEST)
    manifest.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
            for name, path in {MANIFEST: manifest, **members}.items():
                tar.add(path, name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def _unpacked(file: Path, into: Path) -> Backup:
    with _refusing(file), tarfile.open(file, "r:gz") as tar:
        first = tar.next()
        stream = tar.extractfile(first) if first and first.name == MANIFEST else None
        if stream is None:
            raise FileRefused(f"{file} is no backup of a station: it does not begin with {MANIFEST}.")
        backup = Backup.from_data(json.loads(stream.read()))
        for member in _expected(tar, backup, file):
            tar.extract(member, into, filter="data")
    return backup


def _expected(tar: tarfile.TarFile, backup: Backup, file: Path) -> Iterator[tarfile.TarInfo]:
    """Its members, each of which the manifest must name and no other kind than a plain file."""
    while member := tar.next():
        if member.name not in backup.files or not member.isfile():
            raise FileRefused(f"{file} holds “{member.name[:80]}”, which its manifest does not name.")
        yield member


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(f"{file} is not a whole backup of a station ({error}).") from error


def _check(folder: Path, backup: Backup) -> None:
    for name, expected in backup.files.items():
        if not (folder / name).is_file():
            raise FileRefused(f"{name} is missing in the backup.")
        if sha256(folder / name) != expected:
            raise FileRefused(f"{name} is damaged in the backup.")
    if DATABASE not in backup.files:
        raise FileRefused("There is no database in the backup.")
    tables = _tables(folder / DATABASE)
    if tables > HEAD:
        raise FileRefused(
            f"The backup is of a newer loaga (tables {tables}; this one has {HEAD}).", "Update first."
        )


def _tables(database: Path) -> str:
    """The version of its tables. Raises FileRefused for a database that is not sound."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise FileRefused(f"The database is not sound: {verdict}.")
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise FileRefused(f"The database is not sound: {error}.") from error
    return str(version)


def _put_aside(home: Path, backup: Backup, now: datetime) -> Path | None:
    """What the backup will take the place of, into a folder of its own."""
    names = {PurePosixPath(path).parts[0] for path in backup.files} | {*BESIDE}
    names |= {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
    there = [home / name for name in sorted(names) if (home / name).exists()]
    if not there:
        return None
    aside = home / f"before-restore-{to_local(now):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for path in there:
        shutil.move(path, aside / path.name)
    return aside
