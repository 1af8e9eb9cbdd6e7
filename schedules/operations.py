"""The verbs of the ground floor. They check and flush; the caller commits."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from schedules.core.errors import NotFound
from schedules.days.calendars import Calendar
from schedules.models import CalendarException, Message, Schedule, Station, Zone


def all_stations(session: Session) -> list[Station]:
    return list(session.scalars(select(Station).options(selectinload(Station.zones)).order_by(Station.key)))


def all_zones(session: Session) -> list[Zone]:
    return list(session.scalars(select(Zone).options(selectinload(Zone.station)).order_by(Zone.key)))


def get_zone(session: Session, key: str) -> Zone:
    zone = session.scalar(select(Zone).where(Zone.key == key).options(selectinload(Zone.station)))
    return zone or _missing(session, Zone, key)


def get_message(session: Session, key: str) -> Message:
    message = session.scalar(
        select(Message).where(Message.key == key, ~Message.retired).options(selectinload(Message.wordings))
    )
    return message or _missing(session, Message, key)


def all_messages(session: Session, wordings: bool = True) -> list[Message]:
    """Those in use, by category and key, with their wordings unless nobody needs them."""
    query = select(Message).where(~Message.retired)
    if wordings:
        query = query.options(selectinload(Message.wordings))
    return list(session.scalars(query.order_by(Message.category, Message.key)))


def get_station(session: Session, key: str) -> Station:
    station = session.scalar(select(Station).where(Station.key == key).options(selectinload(Station.zones)))
    return station or _missing(session, Station, key)


def get_schedule(session: Session, key: str) -> Schedule:
    schedule = session.scalar(select(Schedule).where(Schedule.key == key))
    return schedule or _missing(session, Schedule, key)


def calendar_of(session: Session, station: Station) -> Calendar:
    """The station's calendar with its own exceptions."""
    rows = session.scalars(select(CalendarException).where(CalendarException.station_id == station.id))
    return Calendar.from_exceptions((row.kind, row.first, row.last, row.note) for row in rows)


def _missing(session: Session, model: type[Station | Zone | Message | Schedule], key: str) -> NoReturn:
    known = list(session.scalars(select(model.key).order_by(model.key)))
    near = get_close_matches(key, known, n=1)
    hint = (
        f"Did you mean “{near[0]}”?"
        if near
        else f"Known: {', '.join(known[:12]) or 'none yet'}{' …' if len(known) > 12 else ''}."
    )
    raise NotFound(f"There is no {model.__name__.lower()} “{key}”.", hint)
