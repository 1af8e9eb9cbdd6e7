"""Stations and zones by their keys, as a page asks for them."""

from __future__ import annotations

from flask import abort
from sqlalchemy.orm import Session

from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from schedules.core.errors import NotFound
from schedules.models import Station, Zone
from schedules.operations import all_stations, by_name, get_station


def own_stations(session: Session) -> list[Station]:
    """Those that whoever is signed in may see, by name."""
    person = someone()
    return by_name(station for station in all_stations(session) if person.may(Right.SEE, station.key))


def station_of(session: Session, key: str) -> Station:
    try:
        return get_station(session, key)
    except NotFound:
        abort(404)


def zone_of(session: Session, station: str, key: str) -> Zone:
    """A zone of that very station; another's is as if it were not there."""
    found = station_of(session, station)
    return next((zone for zone in found.zones if zone.key == key), None) or abort(404)
