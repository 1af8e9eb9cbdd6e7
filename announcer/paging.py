"""A live call: somebody speaks into a microphone and the zones sound it at once.

To the queue it is an announcement like any other, of class *priority*, committed before anything sounds. Its sound is a file
that grows under ``HOME/live`` (:mod:`audio.live`), is thrown away an hour after the call, and is never prepared.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from announcer import queue
from announcer.models import Announcement
from announcer.script import Part, Script
from announcer.sources import LIVE_CHIME, before_live
from audio.live import SUFFIX, end_of
from audio.pcm import RATE
from schedules.core.ids import new_id
from schedules.models import LEVELS, PRIORITIES, Zone

KEY = "live-"  # what the sound of such an announcement is called begins so
WAIT = timedelta(seconds=30)  # how long it may wait for a zone that says something urgent
KEPT = timedelta(hours=1)


def file_of(home: Path, key: str) -> Path | None:
    """The file behind a sound's key, whether it has begun or not; None for sounds of another kind."""
    return home / "live" / f"{key.removeprefix(KEY)}{SUFFIX}" if key.startswith(KEY) else None


def begin(
    session: Session, id: str, zones: Sequence[Zone], title: str, by: str, seconds: float, now: datetime
) -> bool:
    """Put the call ``id``, of at most so many seconds, into the queue of its zones; False if it was there already.

    The latest wins: live calls into the same zones end.
    """
    uuid.UUID(id)  # it becomes the name of a file
    if session.scalar(select(Announcement.id).where(Announcement.request_id == id).limit(1)):
        return False
    zone_ids = [zone.id for zone in zones]
    earlier = session.scalars(
        select(Announcement).where(
            Announcement.zone_id.in_(zone_ids),
            Announcement.state != "ended",
            Announcement.sound.startswith(KEY),
        )
    ).all()
    queue.cancel(session, earlier, by, now)
    common = {
        "request_id": id,
        "requested_by": by,
        "title": title,
        "category": "live",
        "priority": PRIORITIES["priority"],
        "level": LEVELS["live"],
        "script": Script((Part("vi", title, ()),), LIVE_CHIME).to_data(),
        "sound": KEY + id,
        "seconds": len(before_live()) / RATE + seconds,
        "state": "ready",
        "starts": 0,
        "accepted_at": now,
        "due_at": now,
        "not_before": now,
        "expires_at": now + WAIT,
    }
    session.execute(insert(Announcement), [common | {"id": new_id(), "zone_id": one} for one in zone_ids])
    return True


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
    """Away with what was said an hour ago: nobody listens to it again."""
    folder = home / "live"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)


def _path(home: Path, id: str) -> Path:
    return home / "live" / f"{uuid.UUID(id)}{SUFFIX}"
