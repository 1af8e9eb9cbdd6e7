"""What the pages show, read from the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Heartbeat, Playout, ZoneStatus
from announcer.script import Script
from schedules.models import Message, Occurrence, Zone
from schedules.operations import all_zones

SILENT_AFTER = timedelta(seconds=20)

RESULT_WORDS = {
    None: "sắp tới",
    "played": "đã phát",
    "gave_way": "nhường",
    "expired": "hết hạn",
    "missed": "lỡ",
    "failed": "lỗi",
    "cut": "bị ngắt",
}


@dataclass(frozen=True)
class ZoneNow:
    zone: Zone
    sink: str
    fault: str
    title: str
    texts: tuple[tuple[str, str], ...]  # (language, words)
    since: datetime | None
    next_title: str
    next_at: datetime | None
    muted: bool


def zones_now(session: Session, now: datetime) -> list[ZoneNow]:
    playing = {
        row.zone_id: row
        for row in session.scalars(select(Announcement).where(Announcement.state == "playing"))
    }
    status = {row.zone_id: row for row in session.scalars(select(ZoneStatus))}
    return [
        _zone_now(session, zone, playing.get(zone.id), status.get(zone.id), now)
        for zone in all_zones(session)
    ]


def _zone_now(
    session: Session, zone: Zone, playing: Announcement | None, status: ZoneStatus | None, now: datetime
) -> ZoneNow:
    script = Script.from_data(playing.script) if playing else None
    upcoming = session.execute(
        select(Occurrence.planned_at, Message.title)
        .join(Message, Message.id == Occurrence.message_id)
        .where(
            Occurrence.zone_id == zone.id,
            Occurrence.result.is_(None),
            Occurrence.way_code == "",
            Occurrence.planned_at > now,
        )
        .order_by(Occurrence.planned_at)
        .limit(1)
    ).first()
    return ZoneNow(
        zone,
        status.sink if status else "",
        status.fault if status else "",
        playing.title if playing else "",
        tuple((part.language, part.text) for part in script.parts) if script else (),
        playing.started_at if playing else None,
        upcoming[1] if upcoming else "",
        upcoming[0] if upcoming else None,
        bool(zone.muted_until and zone.muted_until > now),
    )


def announcer_alive(session: Session, now: datetime) -> bool:
    beat = session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "announcer"))
    return beat is not None and now - beat < SILENT_AFTER


def day_plan(session: Session, day: date) -> Sequence[tuple[Occurrence, str, str]]:
    """Occurrences of a local day with their message's title and zone's name, in order of time."""
    query = (
        select(Occurrence, Message.title, Zone.name)
        .join(Message, Message.id == Occurrence.message_id)
        .join(Zone, Zone.id == Occurrence.zone_id)
        .where(Occurrence.day == day)
        .order_by(Occurrence.planned_at, Zone.key)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def latest_playouts(session: Session, most: int) -> Sequence[Playout]:
    return session.scalars(select(Playout).order_by(Playout.logged_at.desc()).limit(most)).all()
