"""What a folder of announcements holds: one line of JSON per announcement in ``index.jsonl``.

Lines, not a table: a line that a crash cut in two is skipped and spoils no other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from audio.files import written_whole

LONGEST = 20_000  # lines; then the older half goes, so that the index never grows without end
Result = Literal["complete", "cut"]


@dataclass(frozen=True)
class Entry:
    """One announcement in a folder; times are ISO 8601 with offset, ``seconds`` is what was written."""

    id: str
    title: str
    due: str
    started_at: str
    ended_at: str
    seconds: float
    result: Result
    file: str


class Index:
    """The entries of one folder. Only the sink that owns the folder writes here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read()

    def entries(self) -> Iterator[Entry]:
        """From the oldest to the newest."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    yield Entry(**json.loads(line))
                except (ValueError, TypeError):  # cut in two by a crash, or not ours
                    continue

    def add(self, entry: Entry) -> None:
        """Write one entry; it has reached the disk when this returns. Raises OSError."""
        with self.path.open("ab+") as file:
            if _ends_within_a_line(file):
                file.write(b"\n")
            file.write(_line(entry))
            file.flush()
            os.fsync(file.fileno())
        self._lines += 1
        self._files.add(entry.file)
        if entry.result == "complete":
            self._complete.add(entry.id)
        if self._lines > LONGEST:
            self._forget_older_half()

    def finished(self, id: str) -> bool:
        return id in self._complete

    def knows(self, file: str) -> bool:
        return file in self._files

    def _forget_older_half(self) -> None:
        newest = list(self.entries())[-LONGEST // 2 :]
        with written_whole(self.path) as file:
            file.writelines(map(_line, newest))
        self._read()

    def _read(self) -> None:
        entries = list(self.entries())
        self._lines = len(entries)
        self._complete = {entry.id for entry in entries if entry.result == "complete"}
        self._files = {entry.file for entry in entries}


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n"


def _ends_within_a_line(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return False
    file.seek(size - 1)
    return file.read(1) != b"\n"
