"""A short sentence in one zone, to hear whether it sounds; it goes through the queue as any other request."""

from __future__ import annotations

from announcer import queue
from announcer.studio import Studio
from schedules.models import Zone

WORDS, TITLE, EXPIRES_MINUTES = "Đây là tiếng thử.", "Thử loa", 2.0


def request_of(studio: Studio, zone: Zone, by: str, id: str) -> queue.Request:
    return queue.Request(
        script=studio.script_of_text(WORDS, "vi"),
        title=TITLE,
        zones=[zone],
        requested_by=by,
        expires_minutes=EXPIRES_MINUTES,
        id=id,
    )
