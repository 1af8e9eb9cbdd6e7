"""A sink that writes every announcement of a zone as a WAV file: a record, and a loudspeaker for machines without one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from audio.errors import SinkError
from audio.files import safe_name
from audio.pcm import Block
from audio.sinks.base import Label, Sink, check_block
from audio.sinks.index import Index, Result
from audio.sinks.recording import HANOI, Recording, interrupted, settle

GIGABYTE = 1_000_000_000
KEEP_FREE = GIGABYTE // 2  # of the disk, for everything else that runs here

Clock = Callable[[], datetime]


def hanoi_now() -> datetime:
    return datetime.now(HANOI)


class FolderSink(Sink):
    """WAV files in ``root/<zone>/`` and an ``index.jsonl`` of them.

    All zones of ``root`` together keep at most ``limit_bytes``, the newest. Opening the sink repairs what a crash left:
    such an announcement counts as cut, with all the sound that reached the disk.
    """

    name = "folder"

    def __init__(
        self, root: Path, zone: str, limit_bytes: int = 2 * GIGABYTE, clock: Clock = hanoi_now
    ) -> None:
        self.root = root
        self.folder = root / safe_name(zone)
        self.limit_bytes = limit_bytes
        self._clock = clock
        self._recording: Recording | None = None
        self._label: Label | None = None
        with self._complaints():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.index = Index(self.folder / "index.jsonl")
            self._repair()

    def describe(self) -> str:
        return f"WAV files in {self.folder}"

    def finished(self, id: str) -> bool:
        """Was the announcement with this id written from its beginning to its end?"""
        return self.index.finished(id)

    def begin(self, label: Label) -> None:
        """The file itself begins with the first block: the player opens a sound a little before its moment."""
        self.end(False)
        self._label = label

    def write(self, block: Block) -> None:
        check_block(block)
        try:
            self._running().write(block)
        except OSError as error:
            raise self._complaint(error) from error

    def _running(self) -> Recording:
        if self._recording is None:
            if self._label is None:
                raise SinkError("Nothing has begun.")
            self._recording = Recording(self.folder, self._label, self._clock())
        return self._recording

    def end(self, complete: bool) -> None:
        recording, self._recording, self._label = self._recording, None, None
        if recording is None:
            return
        result: Result = "complete" if complete else "cut"
        with self._complaints():
            entry = recording.finish(result, self._clock())
            self.index.add(entry)
            settle(self.folder, entry)
            make_room(self.root, self.limit_bytes)

    def close(self) -> None:
        self.end(False)

    def _repair(self) -> None:
        for entry in interrupted(self.folder):
            if not self.index.knows(entry.file):
                self.index.add(entry)
            settle(self.folder, entry)

    @contextmanager
    def _complaints(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._complaint(error) from error

    def _complaint(self, error: OSError) -> SinkError:
        return SinkError(f"Sound cannot be written to {self.folder}: {error.strerror or error}.")


def make_room(root: Path, limit_bytes: int) -> list[Path]:
    """Remove the oldest finished files of all zones until the rest fits; the newest stays in any case.

    Where the disk itself runs full, records of what was said go before the database can no longer write.
    """
    files = []
    for path in root.glob("*/*.wav"):
        try:
            status = path.stat()
        except FileNotFoundError:  # another zone's sink was faster
            continue
        files.append((status.st_mtime, path, status.st_size))
    files.sort()
    total = sum(size for _, _, size in files)
    limit_bytes = min(limit_bytes, total + shutil.disk_usage(root).free - KEEP_FREE)
    removed = []
    for _, path, size in files[:-1]:
        if total <= limit_bytes:
            break
        path.unlink(missing_ok=True)
        removed.append(path)
        total -= size
    return removed
