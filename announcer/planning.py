"""The daemon's planning: today and tomorrow, and after downtime every day since it last lived."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Heartbeat
from schedules.core.clock import local_date
from schedules.core.database import Database
from schedules.models import Station
from schedules.operations import all_stations
from schedules.planner import PlanCounts, draft, save

MOST_DAYS_BACK = 31  # a longer absence is one the log need not count occurrence by occurrence


def days_to_plan(last_alive: datetime | None, now: datetime) -> list[date]:
    """From the day it last lived to tomorrow."""
    today = local_date(now)
    first = max(local_date(last_alive), today - timedelta(days=MOST_DAYS_BACK)) if last_alive else today
    return [first + timedelta(days=i) for i in range((today - first).days + 2)]


def last_alive(session: Session) -> datetime | None:
    return session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "announcer"))


def plan(database: Database, days: list[date], now: datetime) -> PlanCounts:
    """Plan these days for every station. The work is done outside the write lock, so that playout never waits for it."""
    with database.read() as session:
        stations = [station.id for station in all_stations(session)]
    counts = PlanCounts()
    for station_id in stations:
        for day in days:
            counts += _plan_one(database, station_id, day, now)
    return counts


def _plan_one(database: Database, station_id: str, day: date, now: datetime) -> PlanCounts:
    with database.read() as session:
        worked_out = draft(session, session.get_one(Station, station_id), day)
    with database.write() as session:
        return save(session, worked_out, now)


def beat(session: Session, pid: int, started_at: datetime, now: datetime) -> None:
    session.merge(Heartbeat(name="announcer", pid=pid, started_at=started_at, beat_at=now))
