"""Prepared sounds as the dispatcher sees them: where the file is, and how it was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from announcer.models import Sound

MOST_REMEMBERED = 2000


class Shelf:
    def __init__(
        self, path: Callable[[str], Path | None], forget: Callable[[str], None] | None = None
    ) -> None:
        """``path`` finds the file of a key; ``forget`` throws a broken one away."""
        self.path = path
        self._forget = forget or (lambda key: None)
        self._made: dict[str, Sound] = {}

    def made(self, session: Session, key: str | None) -> Sound | None:
        """How a sound was made. That does not change while its file is there, so it is looked up once."""
        if key and key not in self._made and (sound := session.get(Sound, key)):
            session.expunge(sound)
            if len(self._made) >= MOST_REMEMBERED:
                self._made.clear()
            self._made[key] = sound
        return self._made.get(key or "")

    def forget(self, key: str) -> None:
        self._made.pop(key, None)
        self._forget(key)
