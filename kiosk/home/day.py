"""The plan of a day, as a list and as lanes: one lane a zone, one mark an announcement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from announcer.models import Announcement
from announcer.planning import is_alive
from kiosk.home import words
from schedules.core.clock import day_bounds, to_local
from schedules.models import Message, Occurrence, Station, Zone

MOST_ROWS = 1500  # a longer day is listed hour by hour


@dataclass(frozen=True)
class Entry:
    """One line of the list and one mark on its lane; ``x`` and ``width`` in percent of the day."""

    id: str
    at: datetime
    zone_id: str
    zone: str
    station: str
    title: str
    state: str
    reason: str
    detail: str
    x: float
    width: float

    @property
    def hour(self) -> int:
        return to_local(self.at).hour


@dataclass(frozen=True)
class Lane:
    zone: Zone
    station: str
    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        return in_words(self.entries)


def in_words(entries: Iterable[Entry]) -> str:
    """ "12 lượt: 8 đã phát, 1 nhường, 3 sắp tới"."""
    counts = Counter(entry.state for entry in entries)
    parts = [f"{counts[state]} {word}" for state, word in words.STATES.items() if counts[state]]
    return f"{counts.total()} lượt: " + ", ".join(parts) if parts else "không có lượt nào"


def stations(session: Session) -> Sequence[Station]:
    return session.scalars(select(Station).order_by(Station.name)).all()


def entries_of(session: Session, day: date, station: str, now: datetime) -> list[Entry]:
    """Everything planned for a local day, in order of time; ``station`` is a key, or empty for all."""
    playing = _playing(session) if is_alive(session, now) else set()
    query = (
        select(Occurrence, Message.title, Zone.name, Station.name)
        .join(Message, Message.id == Occurrence.message_id)
        .join(Zone, Zone.id == Occurrence.zone_id)
        .join(Station, Station.id == Zone.station_id)
        .where(Occurrence.day == day)
        .order_by(Occurrence.planned_at, Zone.key)
    )
    if station:
        query = query.where(Station.key == station)
    start = day_bounds(day)[0].timestamp()
    return [
        _entry(row, (zone, at, title), start, "playing" if row.id in playing else state_of(row, now))
        for row, title, zone, at in session.execute(query)
    ]


def _playing(session: Session) -> set[str | None]:
    return set(session.scalars(select(Announcement.occurrence_id).where(Announcement.state == "playing")))


def state_of(row: Occurrence, now: datetime) -> str:
    """A key of words.STATES, for what does not sound at this moment."""
    if row.result:
        return row.result
    if row.way_code:
        return "giving_way"
    return "planned" if row.planned_at > now else "waiting"


def _entry(row: Occurrence, names: tuple[str, str, str], start: float, state: str) -> Entry:
    code, detail = (row.reason_code, row.reason) if row.result else (row.way_code, row.way_reason)
    x = percent_of_day(row.planned_at.timestamp() - start)
    width = round(row.seconds / 864, 3)
    why = words.reason(code, detail)
    return Entry(row.id, row.planned_at, row.zone_id, *names, state, why, detail, x, width)


def percent_of_day(seconds: float) -> float:
    return round(min(100.0, max(0.0, seconds / 864)), 3)


def lanes(session: Session, entries: Sequence[Entry], station: str) -> list[Lane]:
    """Every zone has its lane, also one that has nothing to say."""
    query = select(Zone, Station.name).join(Station, Station.id == Zone.station_id)
    if station:
        query = query.where(Station.key == station)
    by_zone: dict[str, list[Entry]] = {}
    for entry in entries:
        by_zone.setdefault(entry.zone_id, []).append(entry)
    return [
        Lane(zone, name, tuple(by_zone.get(zone.id, ())))
        for zone, name in session.execute(query.order_by(Station.name, Zone.key))
    ]


def hours(entries: Sequence[Entry], wanted: int | None, now_hour: int) -> list[tuple[int, list[Entry]]]:
    """The list, hour by hour: all of a day, one hour that was asked for, or the present hour of a very full day."""
    if wanted is None and len(entries) > MOST_ROWS:
        wanted = now_hour
    shown = [entry for entry in entries if wanted is None or entry.hour == wanted]
    return [(hour, list(rows)) for hour, rows in groupby(shown, key=lambda entry: entry.hour)]


def present_hour(entries: Sequence[Entry], now: datetime) -> int:
    """The hour of the list at which the present stands: of the next entry, or else of the last one."""
    return next((entry.hour for entry in entries if entry.at >= now), entries[-1].hour if entries else 0)
