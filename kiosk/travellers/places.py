"""The station that a traveller's screen belongs to: its key stands in the address, so a screen needs no memory."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from schedules.kinds import station_kinds
from schedules.models import Station


def place(session: Session, key: str) -> Station:
    """404 where there is none of this key."""
    return session.scalar(select(Station).where(Station.key == key)) or abort(404)


def name_of(station: Station, language: str) -> str:
    """ "Ga Long Biên"; in English the station's own English name, where it has one."""
    if language != "vi" and station.name_en:
        return station.name_en
    prefix = station_kinds()[station.kind].prefix
    return station.name if station.name.startswith(prefix) else f"{prefix} {station.name}"
