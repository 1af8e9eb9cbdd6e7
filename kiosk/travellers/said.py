"""What the loudspeakers of a station say now, and what they said in the last hour, as text: for who does not hear it, and for halls
in which nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Playout
from announcer.planning import is_alive
from announcer.script import Part, Script
from announcer.turn import OPEN
from kiosk.home.figures import Coming, next_planned
from schedules.models import Station

LATELY = timedelta(hours=1)
MOST = 12


@dataclass(frozen=True)
class Sounding:
    """An announcement that sounds in some zones; ``parts`` are its words, per language."""

    title: str
    parts: tuple[Part, ...]
    urgent: bool
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One that was said; ``text`` in all its languages, as it stands in the log."""

    at: datetime
    title: str
    text: str


def sounding(session: Session, station: Station, now: datetime) -> list[Sounding]:
    """The most urgent first; what sounds in several zones once."""
    names = {zone.id: zone.name for zone in station.zones}
    if not is_alive(session, now):
        return []
    rows = [row for row in session.scalars(OPEN) if row.state == "playing" and row.zone_id in names]
    found: dict[tuple[str, tuple[Part, ...]], list[str]] = {}
    urgent = set()
    for row in sorted(rows, key=lambda row: -row.priority):
        key = row.title, Script.from_data(row.script).parts
        found.setdefault(key, []).append(names[row.zone_id])
        if row.priority == 2:
            urgent.add(key)
    return [Sounding(*key, key in urgent, tuple(zones)) for key, zones in found.items()]


def lately(session: Session, station: Station, now: datetime) -> list[Said]:
    """What was heard to its end in the last hour, the latest first; what was said in several zones, or again, once."""
    query = (
        select(Playout)
        .where(
            Playout.logged_at > now - LATELY - timedelta(minutes=5),
            Playout.zone.in_([zone.key for zone in station.zones]),
            Playout.result == "played",
            Playout.text != "",
        )
        .order_by(Playout.logged_at.desc())
    )
    found: dict[str, Said] = {}
    for row in session.scalars(query):
        at = row.started_at or row.logged_at
        if at > now - LATELY:
            found.setdefault(row.text, Said(at, row.title, row.text))
    return list(found.values())[:MOST]


def coming(session: Session, station: Station, now: datetime) -> Coming | None:
    """What the station's loudspeakers will say next."""
    zones = {zone.id for zone in station.zones}
    found = [one for zone, one in next_planned(session, now).items() if zone in zones]
    return min(found, key=lambda one: one.at, default=None)
