"""The verbs of the ground floor. They check and flush; the caller commits."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from schedules.calendars import Calendar
from schedules.core.errors import NotFound
from schedules.models import CalendarException, Message, Schedule, Station, Zone


def all_stations(session: Session) -> list[Station]:
    return list(session.scalars(select(Station).options(selectinload(Station.zones)).order_by(Station.key)))


def all_zones(session: Session) -> list[Zone]:
    return list(session.scalars(select(Zone).options(selectinload(Zone.station)).order_by(Zone.key)))


def get_zone(session: Session, key: str) -> Zone:
    zone = session.scalar(select(Zone).where(Zone.key == key).options(selectinload(Zone.station)))
    return zone or _missing(session, "zone", key, Zone.key)


def get_message(session: Session, key: str) -> Message:
    message = session.scalar(
        select(Message).where(Message.key == key, ~Message.retired).options(selectinload(Message.wordings))
    )
    return message or _missing(session, "message", key, Message.key)


def get_station(session: Session, key: str) -> Station:
    station = session.scalar(select(Station).where(Station.key == key).options(selectinload(Station.zones)))
    return station or _missing(session, "station", key, Station.key)


def get_schedule(session: Session, key: str) -> Schedule:
    schedule = session.scalar(select(Schedule).where(Schedule.key == key))
    return schedule or _missing(session, "schedule", key, Schedule.key)


def calendar_of(session: Session, station: Station) -> Calendar:
    """The station's calendar with its own exceptions."""
    rows = session.scalars(select(CalendarException).where(CalendarException.station_id == station.id))
    return calendar_from(rows)


def calendar_from(rows: Iterable[CalendarException]) -> Calendar:
    periods: dict[str, list[tuple[object, object]]] = {"closed": [], "holiday": [], "working": []}
    for row in rows:
        periods[row.kind].append((row.first, row.last))
    raise RuntimeError(periods)  # replaced below once the calendar's shape is settled


def _missing(session: Session, what: str, key: str, column: InstrumentedAttribute[str]) -> object:
    known = list(session.scalars(select(column).order_by(column)))
    near = get_close_matches(key, known, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known[:12]) or 'none yet'}."
    raise NotFound(f"There is no {what} “{key}”.", hint)
