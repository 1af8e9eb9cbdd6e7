"""A live call: somebody speaks into a microphone and the zones sound it at once.

To the queue it is an announcement like any other, of class *priority*, committed before anything sounds. Its sound is a file
that grows under ``HOME/live`` (:mod:`audio.live`), is never prepared, and is thrown away a minute after the last word.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer import queue
from announcer.models import Announcement
from announcer.queue import Live, Request
from announcer.script import Part, Script
from announcer.sources import LIVE_CHIME, before_live
from audio.live import SUFFIX, end_of
from audio.pcm import RATE
from schedules.models import Zone

KEY = "live-"  # what the sound of such an announcement is called begins so
WAIT = timedelta(seconds=30)  # how long it may wait for a zone that says something urgent
KEPT = timedelta(minutes=1)  # longer than a call waits: a file is not taken away before it is heard


def file_of(home: Path, key: str) -> Path | None:
    """The file behind a sound's key, whether it has begun or not; None for sounds of another kind."""
    return home / "live" / f"{key.removeprefix(KEY)}{SUFFIX}" if key.startswith(KEY) else None


def request_of(id: str, zones: Sequence[Zone], title: str, by: str, seconds: float) -> Request:
    """The call ``id``, of at most so many seconds after its chime. Raises ValueError for what is no UUID."""
    return Request(
        script=Script((Part("vi", title, ()),), LIVE_CHIME),
        title=title,
        zones=zones,
        priority="priority",
        requested_by=by,
        expires_minutes=WAIT / timedelta(minutes=1),
        id=str(uuid.UUID(id)),  # it becomes the name of a file
        live=Live(KEY + id, len(before_live()) / RATE + seconds),
    )


def take_over(session: Session, zones: Sequence[Zone], by: str, now: datetime) -> None:
    """The latest wins: other live calls into these zones end."""
    theirs = (
        Announcement.zone_id.in_([zone.id for zone in zones]),
        Announcement.state != "ended",
        Announcement.sound.startswith(KEY),
    )
    queue.cancel(session, session.scalars(select(Announcement).where(*theirs)).all(), by, now)


def add(home: Path, id: str, data: bytes, most_bytes: int) -> bool:
    """Append what was said; False if the call is over, or longer than it may be."""
    path = _path(home, id)
    if end_of(path).exists() or (path.exists() and path.stat().st_size + len(data) > most_bytes):
        return False
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        file.write(data)
    return True


def end(session: Session, home: Path, id: str, by: str, now: datetime) -> None:
    """Nothing more comes: what sounds runs out, and where it has not begun, it never will."""
    path = _path(home, id)
    path.parent.mkdir(exist_ok=True)
    end_of(path).touch()
    waiting = Announcement.state.in_(("waiting", "ready"))
    rows = session.scalars(select(Announcement).where(Announcement.request_id == id, waiting)).all()
    queue.cancel(session, rows, by, now)


def tidy(home: Path, now: datetime) -> None:
    """Away with what was said a while ago: nobody listens to it again."""
    folder = home / "live"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)


def _path(home: Path, id: str) -> Path:
    return home / "live" / f"{uuid.UUID(id)}{SUFFIX}"
