"""One announcer to a home: two would speak over each other."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schedules.core.errors import StationError


@contextmanager
def alone(home: Path, what: str) -> Iterator[None]:
    """Hold the lock of ``what`` in this home, or raise StationError. The kernel gives it back however we end."""
    with (home / f"{what}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            process = file.read().strip() or "unknown"
            hint = f"Stop that one first: it is process {process}."
            raise StationError(f"The {what} of {home} is already running.", hint) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
