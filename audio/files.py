"""Files that appear whole or not at all, even when the power fails; and names for them."""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

UNFINISHED = ".tmp"
ABANDONED_SECONDS = 600.0  # no file of ours takes that long to write


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write; it takes the name ``path`` only after everything has reached the disk.

    The temporary name lies in the same folder, since a rename is atomic only within one file system.
    """
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}{UNFINISHED}")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename or removal in ``folder`` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_abandoned(folder: Path, now: float | None = None) -> list[Path]:
    """Remove what writers that crashed left behind; return the paths. ``now`` is in seconds since 1970.

    Age decides, because a younger file may belong to another process that is still writing it.
    """
    before = (time.time() if now is None else now) - ABANDONED_SECONDS
    removed = []
    for path in folder.glob(f".*{UNFINISHED}"):
        try:
            if path.stat().st_mtime < before:
                path.unlink()
                removed.append(path)
        except FileNotFoundError:  # another process was faster
            continue
    return removed


def slug(text: str) -> str:
    """``text`` in small unaccented letters, digits and hyphens: "Tàu đến ga Hà Nội" gives "tau-den-ga-ha-noi"."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def safe_name(text: str) -> str:
    """A file name for a key: the key itself if it is plain, else its slug and a hash, so that no two keys share one."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", text):
        return text
    return f"{slug(text)[:40]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
