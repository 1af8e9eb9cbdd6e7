"""The daemon's planning: today and tomorrow, and after downtime every day since it last lived."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Heartbeat
from schedules.core.clock import local_date
from schedules.operations import all_stations
from schedules.planner import PlanCounts, plan_occurrences

MOST_DAYS_BACK = 31  # a longer absence is one the log need not count occurrence by occurrence


def days_to_plan(last_alive: datetime | None, now: datetime) -> list[date]:
    """From the day it last lived to tomorrow."""
    today = local_date(now)
    first = max(local_date(last_alive), today - timedelta(days=MOST_DAYS_BACK)) if last_alive else today
    return [first + timedelta(days=i) for i in range((today - first).days + 2)]


def last_alive(session: Session) -> datetime | None:
    return session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "announcer"))


def plan(session: Session, days: list[date], now: datetime) -> PlanCounts:
    counts = PlanCounts()
    for station in all_stations(session):
        for day in days:
            counts += plan_occurrences(session, station, day, now)
    return counts


def beat(session: Session, pid: int, started_at: datetime, now: datetime) -> None:
    session.merge(Heartbeat(name="announcer", pid=pid, started_at=started_at, beat_at=now))
