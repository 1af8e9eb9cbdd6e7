"""The daemon's planning: today and tomorrow, and after downtime every day since it last lived."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Heartbeat
from schedules.core.clock import local_date
from schedules.core.database import Database
from schedules.models import Station
from schedules.operations import all_stations
from schedules.planner import PlanCounts, draft, save

log = logging.getLogger(__name__)

SILENT_AFTER = timedelta(seconds=20)
MOST_DAYS_BACK = 31  # a longer absence is one the log need not count occurrence by occurrence


def days_to_plan(last_alive: datetime | None, now: datetime) -> list[date]:
    """From the day it last lived (never a later one than today, whatever the clock did) to tomorrow."""
    today = local_date(now)
    first = max(local_date(last_alive), today - timedelta(days=MOST_DAYS_BACK)) if last_alive else today
    first = min(first, today)
    return [first + timedelta(days=i) for i in range((today - first).days + 2)]


def last_alive(session: Session) -> datetime | None:
    return session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "announcer"))


def is_alive(session: Session, now: datetime) -> bool:
    """Whether an announcer runs on this database: it says so every few seconds."""
    beat_at = last_alive(session)
    return beat_at is not None and now - beat_at < SILENT_AFTER


def plan(database: Database, now: datetime, back_to: datetime | None = None) -> PlanCounts:
    """Plan every station from ``back_to``, when we last lived, to tomorrow.

    The work is done outside the write lock, so that playout never waits for it. A station that cannot be planned is
    logged and keeps no other from its plan.
    """
    with database.read() as session:
        stations = [station.id for station in all_stations(session)]
    counts = PlanCounts()
    for day in days_to_plan(back_to, now):
        for station_id in stations:
            try:
                counts += plan_one(database, station_id, day, now, back_to)
            except Exception:
                log.exception("A station's plan of %s could not be made.", day)
    return counts


def plan_one(
    database: Database, station_id: str, day: date, now: datetime, back_to: datetime | None = None
) -> PlanCounts:
    with database.read() as session:
        worked_out = draft(session, session.get_one(Station, station_id), day)
    with database.write() as session:
        return save(session, worked_out, now, back_to)


def beat(session: Session, pid: int, started_at: datetime, now: datetime) -> None:
    session.merge(Heartbeat(name="announcer", pid=pid, started_at=started_at, beat_at=now))
