"""What of the house the rights of whoever asks reach."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy.orm import Session

from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from schedules.models import Station, Zone
from schedules.operations import all_stations, all_zones


def stations(session: Session, right: Right) -> list[Station]:
    person = someone()
    return [station for station in all_stations(session) if person.may(right, station.key)]


def zones(session: Session, right: Right) -> list[Zone]:
    """Those at whose station one has the right, station by station."""
    person = someone()
    found = [zone for zone in all_zones(session) if person.may(right, zone.station.key)]
    return sorted(found, key=lambda zone: (zone.station.name, zone.station.key))


def chosen(session: Session, keys: Sequence[str], right: Right) -> list[Zone]:
    """Zones by their keys; one that is not one's own is refused like one that does not exist."""
    own = {zone.key: zone for zone in zones(session, right)}
    return [own.get(key) or abort(403) for key in keys]
