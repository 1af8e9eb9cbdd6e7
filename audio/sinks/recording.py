"""One announcement on its way into a WAV file, and what a crash left of others.

While it goes on, the file is called ``….part`` and its label lies beside it in ``….json``. At the end the file gets its
header, reaches the disk and is renamed to ``….wav``, or to ``….cut.wav`` if it was cut short. The label goes last, after the
index has its line: as long as it is there, something is still to be done.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO

from audio.files import safe_name, slug, sync_folder
from audio.pcm import RATE, Block
from audio.sinks.base import Label
from audio.sinks.index import Entry, Result
from audio.wav import HEADER_BYTES, header

HANOI = timezone(timedelta(hours=7))  # there is no summer time, so this needs no time zone database
BUFFER_BYTES = 64 * 1024  # two thirds of a second: the most that a killed process loses
PART, NOTE = ".part", ".json"
ENDINGS: dict[Result, str] = {"complete": ".wav", "cut": ".cut.wav"}


class Recording:
    """A file being written. Every method may raise OSError."""

    def __init__(self, folder: Path, label: Label, now: datetime) -> None:
        self.part = _free(folder, f"{now:%Y-%m-%dT%H-%M-%S}_{slug(label.title)[:60]}_{safe_name(label.id)}")
        self.note = {**asdict(label), "started_at": now.isoformat()}
        _note_path(self.part).write_text(json.dumps(self.note, ensure_ascii=False), "utf-8")
        self._file = self.part.open("xb", buffering=BUFFER_BYTES)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # tells whoever repairs that this one is alive
        self._file.write(header(0))

    def write(self, block: Block) -> None:
        self._file.write(block.astype("<i2", copy=False).tobytes())

    def finish(self, result: Result, now: datetime) -> Entry:
        """Close and rename the file; the caller puts the entry into the index and then calls ``settle``."""
        with self._file as file:
            file.flush()
            frames = _finish(file)
            return _rename(self.part, self.note, frames, result, now)


def settle(folder: Path, entry: Entry) -> None:
    """The index knows of it: nothing is left to be done."""
    stem = entry.file.removesuffix(ENDINGS[entry.result])
    (folder / f"{stem}{NOTE}").unlink(missing_ok=True)


def interrupted(folder: Path) -> Iterator[Entry]:
    """Put right what a crash left in ``folder``, and tell what belongs into the index. Files in use are left alone."""
    for part in sorted(folder.glob(f"*{PART}")):
        with part.open("r+b") as file:
            if _is_alone(file):
                ended_at = datetime.fromtimestamp(part.stat().st_mtime, HANOI)
                yield _rename(part, _read_note(part), _finish(file), "cut", ended_at)
    for note in sorted(folder.glob(f"*{NOTE}")):
        yield from _renamed_already(note)


def _renamed_already(note: Path) -> Iterator[Entry]:
    """The crash came after the rename: the name says how it ended. A note without any sound is dropped."""
    part = note.with_suffix(PART)
    if part.exists():
        return
    for result, ending in ENDINGS.items():
        path = part.with_suffix(ending)
        if path.exists():
            status = path.stat()
            ended_at = datetime.fromtimestamp(status.st_mtime, HANOI)
            yield _entry(path, _read_note(part), (status.st_size - HEADER_BYTES) // 2, result, ended_at)
            return
    note.unlink(missing_ok=True)


def _finish(file: BinaryIO) -> int:
    """Write the header that fits the samples which arrived, drop half a sample, sync; return the number of samples."""
    frames = max(0, file.seek(0, os.SEEK_END) - HEADER_BYTES) // 2
    file.truncate(HEADER_BYTES + 2 * frames)
    file.seek(0)
    file.write(header(frames))
    file.flush()
    os.fsync(file.fileno())
    return frames


def _rename(part: Path, note: dict[str, str], frames: int, result: Result, ended_at: datetime) -> Entry:
    final = part.replace(part.with_suffix(ENDINGS[result]))
    sync_folder(part.parent)
    return _entry(final, note, frames, result, ended_at)


def _entry(path: Path, note: dict[str, str], frames: int, result: Result, ended_at: datetime) -> Entry:
    return Entry(
        **note,
        ended_at=ended_at.isoformat(timespec="milliseconds"),
        seconds=round(frames / RATE, 3),
        result=result,
        file=path.name,
    )


def _is_alone(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_note(part: Path) -> dict[str, str]:
    """The label and when it began; where the power failed before it reached the disk, what the file's name tells."""
    unknown = {"id": part.stem, "title": part.stem, "due": "", "started_at": ""}
    try:
        note = json.loads(_note_path(part).read_text("utf-8"))
        return {name: str(note[name]) for name in unknown}
    except (OSError, ValueError, KeyError, TypeError):
        return unknown


def _note_path(part: Path) -> Path:
    return part.with_suffix(NOTE)


def _free(folder: Path, stem: str) -> Path:
    """A name not taken yet: one announcement may begin twice within a second."""
    again = 1
    while any((folder / f"{stem}{end}").exists() for end in (PART, *ENDINGS.values())):
        again += 1
        stem = f"{stem.removesuffix(f'-{again - 1}')}-{again}"
    return folder / f"{stem}{PART}"
