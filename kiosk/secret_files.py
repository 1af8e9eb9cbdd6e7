"""Secrets that a technician gives us: each is a file whose name is a setting, so that none stands in ``loaga.toml``."""

from __future__ import annotations

from pathlib import Path

from schedules.core.errors import StationError

MOST_BYTES = 4096


def secret(home: Path, name: str) -> str:
    """What stands in the file, without white space around it; a relative ``name`` lies in the home. Raises StationError."""
    path = home / name
    try:
        with path.open("rb") as file:
            found = file.read(MOST_BYTES).decode("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise StationError(f"The secret in {path} cannot be read: {error}.", "Look at its owner.") from error
    if not found:
        raise StationError(f"The secret in {path} is empty.", "Write it there, on one line.")
    return found
