"""What a schedule would do if it were in force: its next occurrences, what each runs into, and whom it drives away.

Nothing is saved. The plan is worked out as the planner will do it, with the schedule in place of its older form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from schedules.core.clock import local_date
from schedules.days.calendars import Calendar
from schedules.models import Schedule, Station
from schedules.operations import calendar_of
from schedules.planner import Planned, expand, load_schedules, plan_with
from schedules.triggers import DepartureSource, NoDepartures, departures_around

NEXT = 10
FARTHEST = 800  # days: a yearly day that falls on a closed one comes the year after
HOUR = 3600


@dataclass(frozen=True)
class InZone:
    """What becomes of an occurrence in one zone: when it begins, or why it gives way."""

    zone: str
    at: datetime
    way_code: str = ""
    way_reason: str = ""


@dataclass(frozen=True)
class Foreseen:
    due: datetime
    title: str
    seconds: float
    zones: tuple[InZone, ...]


@dataclass(frozen=True)
class Displaced:
    """``count`` announcements of another schedule that give way only because of this one."""

    zone: str
    title: str
    way_code: str
    way_reason: str
    count: int


@dataclass(frozen=True)
class FullHour:
    """How much is said in a clock hour against the budget, both in minutes; ``own`` of it by this schedule."""

    zone: str
    start: datetime
    minutes: float
    own: float
    budget: float


@dataclass(frozen=True)
class Foresight:
    """``day`` is the first day on which it is said at all; ``displaced`` and ``hours`` tell of that day."""

    occurrences: tuple[Foreseen, ...] = ()
    day: date | None = None
    displaced: tuple[Displaced, ...] = ()
    hours: tuple[FullHour, ...] = ()


def foresee(
    session: Session, schedule: Schedule, now: datetime, source: DepartureSource | None = None
) -> Foresight:
    """``schedule`` may be in no table yet; its id tells which one it replaces. Zones are named by their keys."""
    station, source = schedule.station, source or NoDepartures()
    calendar = calendar_of(session, station)
    others = [one for one in load_schedules(session, station) if one.id != schedule.id]
    found: list[Foreseen] = []
    first: tuple[date, list[Planned]] | None = None
    for day in _days(schedule, calendar, now, source):
        departures = departures_around(source, station.key, day)
        plan = plan_with([*others, schedule], station, day, calendar, departures)
        own = [entry for entry in plan if entry.place.wish.schedule == schedule.id]
        found += [one for one in _occurrences(own, station) if one.due > now]
        first = first or (day, plan)
        if len(found) >= NEXT:
            break
    if first is None:
        return Foresight()
    day, plan = first
    without = plan_with(others, station, day, calendar, departures_around(source, station.key, day))
    return Foresight(
        tuple(found[:NEXT]),
        day,
        tuple(_displaced(without, plan, station)),
        tuple(_hours(plan, schedule, station)),
    )


def _days(schedule: Schedule, calendar: Calendar, now: datetime, source: DepartureSource) -> Iterator[date]:
    """Those from today on on which the schedule has a moment ahead."""
    today = local_date(now)
    for day in (today + timedelta(days=number) for number in range(FARTHEST)):
        wishes = expand([schedule], day, calendar, departures_around(source, schedule.station.key, day))
        if any(wish.due > now.timestamp() for wish, _ in wishes):
            yield day


def _occurrences(own: Sequence[Planned], station: Station) -> Iterator[Foreseen]:
    keys = {zone.id: zone.key for zone in station.zones}
    for due, entries in groupby(own, key=lambda entry: entry.place.wish.due):
        its = [entry.place for entry in entries]
        zones = tuple(
            InZone(keys[place.zone], _moment(place.start), place.way_code, place.way_reason) for place in its
        )
        yield Foreseen(_moment(due), its[0].wish.title, its[0].wish.seconds, zones)


def _displaced(without: Sequence[Planned], plan: Sequence[Planned], station: Station) -> Iterator[Displaced]:
    """Those that give way in the plan and would not give way without the schedule."""
    before = {_name(entry) for entry in without if not entry.place.way_code}
    keys = {zone.id: zone.key for zone in station.zones}
    gone = Counter(
        (keys[place.zone], place.wish.title, place.way_code, place.way_reason)
        for entry in plan
        if (place := entry.place).way_code and _name(entry) in before
    )
    for (zone, title, code, reason), count in sorted(gone.items()):
        yield Displaced(zone, title, code, reason, count)


def _hours(plan: Sequence[Planned], schedule: Schedule, station: Station) -> Iterator[FullHour]:
    """The hours in which the schedule speaks, zone by zone."""
    spent: Counter[tuple[str, int]] = Counter()
    own: Counter[tuple[str, int]] = Counter()
    for entry in plan:
        place = entry.place
        if place.way_code:
            continue
        name = (place.zone, int(place.start // HOUR))
        spent[name] += round(place.wish.seconds)
        if place.wish.schedule == schedule.id:
            own[name] += round(place.wish.seconds)
    for zone in station.zones:
        for hour in sorted(hour for key, hour in own if key == zone.id):
            minutes, its_own = spent[zone.id, hour] / 60, own[zone.id, hour] / 60
            yield FullHour(zone.key, _moment(hour * HOUR), minutes, its_own, zone.budget_minutes)


def _name(entry: Planned) -> tuple[str, str, float, str]:
    wish = entry.place.wish
    return (wish.schedule, entry.place.zone, wish.due, wish.departure)


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
