"""Saying, stopping and muting on behalf of a signed-in person; each is on record in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer import queue
from announcer.models import Announcement
from announcer.script import Script
from announcer.studio import Studio
from schedules.core import audit
from schedules.core.clock import to_local
from schedules.models import PRIORITIES, Zone

DONE = {"stop": "stopped", "mute": "muted", "unmute": "unmuted"}


def say(session: Session, studio: Studio, request: queue.Request, now: datetime) -> bool:
    """Put the request into the queue of its zones; False if the same was sent before, and nothing was added."""
    if was_said(session, request.id):
        return False
    queue.submit(session, studio, request, now)
    zones = [zone.key for zone in request.zones]
    told = {
        "title": request.title, "text": request.script.text, "zones": zones, "priority": request.priority,
        "repeats": request.script.repeats,
    }  # fmt: skip
    if clips := [part.clip for part in request.script.parts if part.clip]:
        told["recordings"] = clips
    if request.live:
        told["live"] = True
    audit.record(session, request.requested_by, "spoke", f"request {request.id}", now, after=told)
    return True


def was_said(session: Session, request_id: str) -> bool:
    return (
        session.scalar(select(Announcement.id).where(Announcement.request_id == request_id).limit(1))
        is not None
    )


def said_otherwise(session: Session, request: queue.Request) -> bool:
    """Whether the id was used before, for other words, zones or priority, or by somebody else."""
    rows = session.scalars(select(Announcement).where(Announcement.request_id == request.id)).all()
    return bool(rows) and ({row.zone_id for row in rows}, _told(rows[0])) != (
        {zone.id for zone in request.zones},
        (request.requested_by, PRIORITIES[request.priority], request.script.text, request.script.repeats),
    )


def _told(row: Announcement) -> tuple[str, int, str, int]:
    script = Script.from_data(row.script)
    return row.requested_by, row.priority, script.text, script.repeats


def named(session: Session, id: str, zones: Sequence[Zone]) -> Sequence[Announcement]:
    """The announcement of that id, or those of that request, as far as they are of these zones."""
    names = (Announcement.id == id) | (Announcement.request_id == id)
    of_zones = Announcement.zone_id.in_([zone.id for zone in zones])
    return session.scalars(select(Announcement).where(names, of_zones)).all()


def cancel(session: Session, rows: Sequence[Announcement], by: str, now: datetime) -> int:
    """Those that have not ended need not be said; returns how many there were."""
    still = [row for row in rows if row.state != "ended"]
    queue.cancel(session, still, by, now)
    for row in still:
        subject = f"request {row.request_id}" if row.request_id else f"occurrence {row.occurrence_id}"
        zone = session.get_one(Zone, row.zone_id)
        audit.record(session, by, "cancelled", subject, now, after={"title": row.title, "zones": [zone.key]})
    return len(still)


def command(
    session: Session, kind: str, zones: Sequence[Zone], by: str, now: datetime, until: datetime | None = None
) -> None:
    """``kind`` is stop, mute (``until`` a moment) or unmute."""
    queue.command(session, kind, zones, by, now, until)
    told = {"until": f"{to_local(until):%H:%M %d/%m/%Y}"} if until else None
    for zone in zones:
        audit.record(session, by, DONE[kind], f"zone {zone.key}", now, after=told)
