"""What of the house somebody's rights reach."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kiosk.accounts.roles import Right
from kiosk.accounts.signing_in import Person
from schedules.models import Station, Zone
from schedules.operations import all_stations, all_zones


def stations(session: Session, person: Person, right: Right) -> list[Station]:
    return [station for station in all_stations(session) if person.may(right, station.key)]


def zones(session: Session, person: Person, right: Right) -> list[Zone]:
    """Those at whose station one has the right, station by station."""
    found = [zone for zone in all_zones(session) if person.may(right, zone.station.key)]
    return sorted(found, key=lambda zone: (zone.station.name, zone.station.key))
