"""Recordings that people made, in a folder: the truth that sounds are made of, so nothing here is evicted for want of room."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Set
from pathlib import Path

from audio.cache import sound_hash
from audio.pcm import Pcm, from_int16
from audio.wav import open_blocks, write_wav

NAME = re.compile("[0-9a-f]{64}")


class Recordings:
    """``folder`` is made when the first is put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, pcm: Pcm) -> str:
        """Keep it, whole or not at all; returns its name, which is the same for the same sound. Raises OSError."""
        name = sound_hash(pcm.int16())
        path = self._path(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)
        else:
            write_wav(path, pcm)
        return name

    def has(self, name: str) -> bool:
        """Whether it is there; what is no name of a recording is not."""
        return NAME.fullmatch(name) is not None and self._path(name).exists()

    def get(self, name: str) -> Pcm:
        """Raises DecodeError where it is not there any more."""
        return from_int16(open_blocks(self._path(name)))

    def tidy(self, days: float, keep: Set[str], now: float | None = None) -> list[str]:
        """Remove what was put here longer ago than that, but none of ``keep``; returns the names. ``now`` in seconds."""
        before = (time.time() if now is None else now) - days * 86400
        old = [path for path in self.folder.glob("[!.]*.wav") if path.stat().st_mtime < before]
        gone = [path for path in old if path.stem not in keep]
        for path in gone:
            path.unlink(missing_ok=True)
        return [path.stem for path in gone]

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.wav"
