"""The verbs of the ground floor. They check and flush; the caller commits."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from schedules.core.errors import NotFound
from schedules.core.ordering import Natural, natural
from schedules.days.calendars import Calendar
from schedules.models import CalendarException, Message, Schedule, Station, Zone


def all_stations(session: Session) -> list[Station]:
    """By their keys, each with its zones by theirs; numbers in them count as numbers."""
    found = session.scalars(select(Station).options(selectinload(Station.zones)))
    return sorted(map(_in_order, found), key=_by_key)


def all_zones(session: Session) -> list[Zone]:
    return sorted(session.scalars(select(Zone).options(selectinload(Zone.station))), key=_by_key)


def by_name(stations: Iterable[Station]) -> list[Station]:
    """As people look for them; those of one name (Gia Lâm is a bus and a rail station) by their keys."""
    return sorted(stations, key=place_by_name)


def place_by_name(station: Station) -> tuple[Natural, Natural]:
    return natural(station.name), natural(station.key)


def _by_key(row: Station | Zone) -> Natural:
    return natural(row.key)


def _in_order(station: Station) -> Station:
    """With its zones in the order of their keys. No database counts digits as numbers; nothing is changed that would be saved."""
    set_committed_value(station, "zones", sorted(station.zones, key=_by_key))
    return station


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
    return _in_order(station) if station else _missing(session, Station, key)


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
