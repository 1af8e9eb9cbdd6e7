"""Keys of the station: random bytes in files that only its own user reads, made when first needed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from schedules.core.errors import StationError

BYTES = 32


def key(home: Path, name: str) -> bytes:
    """``HOME/keys/NAME``. Of two who make it at once, both get the same. Raises StationError."""
    path = home / "keys" / name
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        found = path.read_bytes()
    except OSError as error:
        raise StationError(
            f"The key {path} cannot be read: {error.strerror}.", "Look at its owner."
        ) from error
    if len(found) != BYTES:
        raise StationError(f"The key {path} is damaged.", "Restore it from a backup.")
    return found


def _make(path: Path) -> None:
    """Whole or not at all: written under another name, then linked, which fails if somebody was first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_bytes(BYTES))
        os.fsync(file)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.close(file)
        draft.unlink()
