"""Finished sounds in a folder, found again by everything that went into them.

For each sound there are two files, ``<key>.json`` (what it is) and ``<key>.wav``; the JSON is written first, so a WAV that
exists always has its description. Both appear whole or not at all. Several processes may share a folder: writing and
evicting take a lock, reading needs none.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audio.errors import AudioError, DecodeError
from audio.files import remove_abandoned, written_whole
from audio.pcm import RATE, Block, Pcm
from audio.wav import open_blocks, write_wav

GIGABYTE = 1_000_000_000
NOTHING: frozenset[str] = frozenset()


def key(inputs: Mapping[str, Any]) -> str:
    """The name of the sound that ``inputs`` make: SHA-256 in hexadecimal, the same whatever the order of the inputs.

    Everything counts: 0, False, None and "" are four different values and a missing one is a fifth. Put in every option
    that can be heard, and the versions of voice and mastering. Raises TypeError for what JSON cannot say without loss.
    """
    _check(inputs)
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sound_hash(samples: Block) -> str:
    """SHA-256 of 16-bit samples: what was heard, whatever file it came from."""
    return hashlib.sha256(samples.astype("<i2", copy=False).tobytes()).hexdigest()


class SoundCache:
    """Sounds in ``folder``, together at most about ``limit_bytes``; what was not used longest goes first."""

    def __init__(self, folder: Path, limit_bytes: int = GIGABYTE) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AudioError(f"Sounds cannot be kept in {folder}: {error.strerror or error}.") from error
        self.folder = folder
        self.limit_bytes = limit_bytes
        remove_abandoned(folder)
        self._remove_unsounded()

    def get(self, key: str) -> Path | None:
        """The WAV of ``key`` if it is there; that counts as using it."""
        path = self._wav(key)
        try:
            os.utime(path)
        except OSError:  # not there, or not ours to read: either way it cannot be played
            return None
        return path

    def meta(self, key: str) -> dict[str, Any] | None:
        """What ``put`` was told about ``key``, with ``sha256`` of its samples and ``seconds``."""
        try:
            description = json.loads(self._json(key).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return description if isinstance(description, dict) else None

    def put(self, key: str, pcm: Pcm, meta: Mapping[str, Any], keep: Set[str] = NOTHING) -> Path:
        """Keep a sound of 48 kHz under ``key``; make room for it, but never at the cost of the keys in ``keep``."""
        if pcm.rate != RATE:
            raise AudioError(f"The cache keeps {RATE} Hz, this sound has {pcm.rate} Hz.")
        description = {**meta, "key": key, "sha256": sound_hash(pcm.int16()), "seconds": pcm.seconds}
        text = json.dumps(description, ensure_ascii=False, indent=1)
        with self._lock():
            with written_whole(self._json(key)) as file:
                file.write(text.encode())
            write_wav(self._wav(key), pcm)
        self.evict(keep | {key})
        return self._wav(key)

    def verify(self, key: str) -> bool:
        """Is the sound on disk the one that was put there? Reads all of it."""
        description = self.meta(key)
        try:
            return description is not None and description.get("sha256") == sound_hash(
                open_blocks(self._wav(key))
            )
        except DecodeError:
            return False

    def remove(self, key: str) -> None:
        with self._lock():
            self._remove(key)

    def evict(self, keep: Set[str] = NOTHING) -> list[str]:
        """Remove the least recently used sounds until the limit is kept; return their keys."""
        removed = []
        with self._lock():
            sounds = sorted(self._sounds())
            total = sum(size for _, size, _ in sounds)
            for _, size, name in sounds:
                if total <= self.limit_bytes:
                    break
                if name not in keep:
                    self._remove(name)
                    removed.append(name)
                    total -= size
        return removed

    def _sounds(self) -> Iterator[tuple[float, int, str]]:
        """(last used, bytes, key) of every sound."""
        for path in self.folder.glob("[!.]*.wav"):
            status = path.stat()
            yield status.st_mtime, status.st_size, path.stem

    def _remove(self, key: str) -> None:
        """The WAV first: a crash in between leaves a description without a sound, which harms nobody."""
        self._wav(key).unlink(missing_ok=True)
        self._json(key).unlink(missing_ok=True)

    def _remove_unsounded(self) -> None:
        """Remove descriptions whose sound was never finished."""
        with self._lock():
            for path in self.folder.glob("[!.]*.json"):
                if not self._wav(path.stem).exists():
                    path.unlink(missing_ok=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer at a time, over all processes; a process that dies lets go of it."""
        with (self.folder / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _wav(self, key: str) -> Path:
        return self.folder / f"{key}.wav"

    def _json(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _check(value: Any) -> None:
    """Refuse what JSON would silently turn into something else, so that two inputs never share a key."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise TypeError(f"a cache key needs text as names, not {name!r}")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
