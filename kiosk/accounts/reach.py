"""What of the house the rights of whoever asks reach."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort
from sqlalchemy.orm import Session

from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from schedules.core.errors import NotFound
from schedules.models import Message, Station, Zone
from schedules.operations import all_messages, all_stations, all_zones, get_message, place_by_name


def stations(session: Session, right: Right) -> list[Station]:
    person = someone()
    return [station for station in all_stations(session) if person.may(right, station.key)]


def zones(session: Session, right: Right) -> list[Zone]:
    """Those at whose station one has the right, station by station."""
    person = someone()
    found = [zone for zone in all_zones(session) if person.may(right, zone.station.key)]
    return sorted(found, key=lambda zone: place_by_name(zone.station))


def chosen(session: Session, keys: Sequence[str], right: Right, stations: Sequence[str] = ()) -> list[Zone]:
    """Zones by their keys, and those of whole ``stations``; one that is not one's own is refused like one that does not
    exist.
    """
    own = {zone.key: zone for zone in zones(session, right)}
    if not {zone.station.key for zone in own.values()}.issuperset(stations):
        abort(403)
    whole = (zone.key for zone in own.values() if zone.station.key in stations)
    return [own.get(key) or abort(403) for key in dict.fromkeys([*keys, *whole])]


def log_zones(session: Session, right: Right) -> frozenset[str] | None:
    """The keys of the zones whose log one may read; None for all, those included that are gone: the log outlives zones."""
    if someone().may(right, ""):
        return None
    return frozenset(zone.key for zone in zones(session, right))


def messages(session: Session, right: Right, wordings: bool = True) -> list[Message]:
    """Those in use: what all stations share, and the own messages of those at which one has the right."""
    person = someone()
    return [
        one
        for one in all_messages(session, wordings)
        if one.station is None or person.may(right, one.station.key)
    ]


def message(session: Session, right: Right, key: str) -> Message:
    """Raises NotFound, also for another station's own message."""
    found = get_message(session, key)
    if found.station and not someone().may(right, found.station.key):
        raise NotFound(f"There is no message “{key}”.")
    return found
