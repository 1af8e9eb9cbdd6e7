"""What last sounded in each zone, and what last failed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from announcer.models import Playout, ZoneStatus
from schedules.models import Station

LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Heard:
    """``fault`` is the sentence for technicians, of now (``failing``) or of the past week."""

    sink: str = ""
    last: datetime | None = None
    failing: bool = False
    fault: str = ""
    failed_at: datetime | None = None


def heard(session: Session, station: Station, now: datetime) -> Mapping[str, Heard]:
    """By the keys of the station's zones."""
    status = {row.zone_id: row for row in session.scalars(select(ZoneStatus))}
    return {zone.key: _heard(session, zone.key, status.get(zone.id), now) for zone in station.zones}


def _heard(session: Session, zone: str, status: ZoneStatus | None, now: datetime) -> Heard:
    sink = status.sink if status else ""
    played = _latest(session, zone, now, Playout.result == "played")
    last = played.logged_at if played else None
    if status and status.fault:
        return Heard(sink, last, True, status.fault, status.changed_at)
    failed = _latest(session, zone, now, Playout.reason_code == "sink")
    return Heard(sink, last, False, failed.reason, failed.logged_at) if failed else Heard(sink, last)


def _latest(session: Session, zone: str, now: datetime, condition: ColumnElement[bool]) -> Playout | None:
    query = select(Playout).where(Playout.zone == zone, Playout.logged_at > now - LOOK_BACK, condition)
    return session.scalar(query.order_by(Playout.logged_at.desc()).limit(1))
