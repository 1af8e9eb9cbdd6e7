"""The plan of a day, as a list and as lanes: one lane a zone, one mark an announcement."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Announcement
from announcer.planning import is_alive
from kiosk.home import words
from kiosk.home.bars import Bars, bars
from kiosk.language.words import gettext
from schedules.core import changes
from schedules.core.clock import day_bounds, local_date
from schedules.models import RESULTS, Message, Occurrence, Station, Zone
from schedules.operations import all_stations
from schedules.planner import draft

LEAST_BUDGET = 0.001  # minutes; a zone that may say nothing is not divided by
MOST_ROWS = 500  # a longer day is listed hour by hour, and its lanes have bands for marks
SOUNDING = ("planned", "waiting", "playing", "played")  # states of what takes time of an hour
MOST_REMEMBERED = 4  # days of some megabytes
NARROWEST = 0.1  # percent of the day that a band takes, to be seen


class Entry(NamedTuple):
    """One line of the list and one mark on its lane; ``x`` and ``width`` in percent of the day. A full day has thousands."""

    id: str
    at: datetime
    zone_id: str
    zone: str
    station: str
    title: str
    state: str
    code: str
    detail: str
    hour: int
    x: float
    width: float
    seconds: float

    @property
    def reason(self) -> str:
        return words.reason(self.code, self.detail)


@dataclass(frozen=True)
class Lane:
    zone: Zone
    station: str
    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        return in_words(self.entries)

    @property
    def bars(self) -> Bars:
        """What is said or to be said in each hour of the day, against the zone's budget."""
        minutes = [0.0] * 24
        for entry in self.entries:
            if entry.state in SOUNDING:
                minutes[entry.hour] += entry.seconds / 60
        budget = max(self.zone.budget_minutes, LEAST_BUDGET)
        return bars([spent / budget for spent in minutes])

    @property
    def bands(self) -> dict[str, str]:
        """By state, all its entries as one SVG path, as wide as the day is 100: where marks of their own would be too many."""
        paths: dict[str, list[str]] = {}
        for entry in self.entries:
            paths.setdefault(entry.state, []).append(f"M{entry.x} 0h{max(entry.width, NARROWEST)}")
        return {state: "".join(pieces) for state, pieces in paths.items()}


def in_words(entries: Iterable[Entry]) -> str:
    """ "12 lượt: 8 đã phát, 1 nhường, 3 sắp tới"."""
    counts = Counter(entry.state for entry in entries)
    parts = [f"{counts[state]} {word}" for state, word in words.STATES.items() if counts[state]]
    return (
        gettext("%(count)s lượt: %(parts)s", count=counts.total(), parts=", ".join(parts))
        if parts
        else gettext("không có lượt nào")
    )


def entries_of(session: Session, day: date, stations: Collection[str], now: datetime) -> list[Entry]:
    """Everything planned for a local day at these stations (by their keys), in order of time.

    A day ahead that is not planned yet is foreseen, and nothing of it is saved.
    """
    if day < local_date(now):
        return _past(session, day, stations, now)
    saved = _saved(session, day, stations, now)
    return saved or (_foreseen(session, day, stations) if day > local_date(now) else [])


# The days looked at last, the newest last.
_settled: OrderedDict[tuple[object, ...], list[Entry]] = OrderedDict()
_settling = Lock()


def _past(session: Session, day: date, stations: Collection[str], now: datetime) -> list[Entry]:
    """A day that is over and settled does not change any more, and is remembered: as long as nothing of it was removed,
    and nothing was named anew.
    """
    count = session.scalar(select(func.count()).select_from(Occurrence).where(Occurrence.day == day))
    version = changes.number(session, changes.SCHEDULES)
    key = (session.get_bind(), day, frozenset(stations), count, version)
    found = _settled.get(key) or _saved(session, day, stations, now)
    if all(entry.state in RESULTS for entry in found):
        with _settling:
            _settled[key] = found
            _settled.move_to_end(key)
            while len(_settled) > MOST_REMEMBERED:
                _settled.popitem(last=False)
    return found


def _saved(session: Session, day: date, stations: Collection[str], now: datetime) -> list[Entry]:
    """Columns rather than objects, and names from small tables rather than joins: a full day has thousands of rows."""
    playing = _playing(session) if is_alive(session, now) else set()
    titles = dict(session.execute(select(Message.id, Message.title)).all())
    zones = {zone.id: (zone.name, name) for zone, name in _zones(session, stations)}
    query = select(*_COLUMNS).where(Occurrence.day == day, Occurrence.zone_id.in_(zones))
    query = query.order_by(Occurrence.planned_at, Occurrence.zone_id)
    start, entries = day_bounds(day)[0].timestamp(), []
    for id, at, zone, message, seconds, result, *why in session.execute(query):
        state = "playing" if id in playing else state_of(result, why[0], at, now)
        code, detail = why[2:] if result else why[:2]
        since, width = at.timestamp() - start, round(seconds / 864, 3)
        hour, x = min(23, max(0, int(since // 3600))), percent_of_day(since)
        name = zone, *zones[zone], titles[message]
        entries.append(Entry(id, at, *name, state, code, detail, hour, x, width, seconds))
    return entries


_COLUMNS: tuple[Any, ...] = (
    Occurrence.id, Occurrence.planned_at, Occurrence.zone_id, Occurrence.message_id, Occurrence.seconds,
    Occurrence.result, Occurrence.way_code, Occurrence.way_reason, Occurrence.reason_code, Occurrence.reason,
)  # fmt: skip


def _foreseen(session: Session, day: date, stations: Collection[str]) -> list[Entry]:
    start, entries = day_bounds(day)[0].timestamp(), []
    for station in all_stations(session):
        names = {zone.id: zone.name for zone in station.zones}
        planned = draft(session, station, day).planned if station.key in stations else ()
        for place in (entry.place for entry in planned):
            state = "giving_way" if place.way_code else "planned"
            since, width = place.start - start, round(place.wish.seconds / 864, 3)
            hour, x = min(23, max(0, int(since // 3600))), percent_of_day(since)
            name = place.zone, names[place.zone], station.name, place.wish.title
            why = place.way_code, place.way_reason
            at = datetime.fromtimestamp(place.start, UTC)
            entries.append(Entry("", at, *name, state, *why, hour, x, width, place.wish.seconds))
    return sorted(entries, key=lambda entry: (entry.at, entry.zone_id))


def _playing(session: Session) -> set[str | None]:
    return set(session.scalars(select(Announcement.occurrence_id).where(Announcement.state == "playing")))


def state_of(result: str | None, way_code: str, at: datetime, now: datetime) -> str:
    """A key of words.STATES, for what does not sound at this moment."""
    if result:
        return result
    if way_code:
        return "giving_way"
    return "planned" if at > now else "waiting"


def percent_of_day(seconds: float) -> float:
    return round(min(100.0, max(0.0, seconds / 864)), 3)


def lanes(session: Session, entries: Sequence[Entry], stations: Collection[str]) -> list[Lane]:
    """Every zone has its lane, also one that has nothing to say."""
    by_zone: dict[str, list[Entry]] = {}
    for entry in entries:
        by_zone.setdefault(entry.zone_id, []).append(entry)
    return [Lane(zone, name, tuple(by_zone.get(zone.id, ()))) for zone, name in _zones(session, stations)]


def _zones(session: Session, stations: Collection[str]) -> Sequence[tuple[Zone, str]]:
    query = select(Zone, Station.name).join(Station, Station.id == Zone.station_id)
    query = query.where(Station.key.in_(stations))
    return session.execute(query.order_by(Station.name, Zone.key)).all()


def hours(entries: Sequence[Entry], wanted: int | None, now_hour: int) -> list[tuple[int, list[Entry]]]:
    """The list, hour by hour: all of a day, one hour that was asked for, or the present hour of a very full day."""
    if wanted is None and len(entries) > MOST_ROWS:
        wanted = now_hour
    shown = [entry for entry in entries if wanted is None or entry.hour == wanted]
    return [(hour, list(rows)) for hour, rows in groupby(shown, key=lambda entry: entry.hour)]


def present_hour(entries: Sequence[Entry], now: datetime) -> int:
    """The hour of the list at which the present stands: of the next entry, or else of the last one."""
    return next((entry.hour for entry in entries if entry.at >= now), entries[-1].hour if entries else 0)
