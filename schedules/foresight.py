"""What a schedule would do if it were in force: its next occurrences, what each runs into, and whom it drives away.

Nothing is saved. The plan is worked out as the planner will do it, with the schedule in place of its older form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from schedules.core.clock import local_date, to_local
from schedules.days.calendars import Calendar
from schedules.models import Schedule, Station
from schedules.operations import calendar_of
from schedules.planner import Planned, expand, load_schedules, plan_with
from schedules.triggers import DepartureSource, NoDepartures, departures_around

NEXT = 10
FARTHEST = 800  # days: a yearly day that falls on a closed one comes the year after
HOUR = 3600
HARDLY = 1 / 60  # minutes: what an hour may be over its budget by before anybody is told


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
    """``count`` announcements of another schedule that give way only because of this one.

    ``way_reason`` is empty where theirs differ.
    """

    zone: str
    title: str
    way_code: str
    way_reason: str
    count: int


@dataclass(frozen=True)
class GivingWay:
    """``count`` of the schedule's own announcements that give way in a zone; ``way_reason`` as in ``Displaced``."""

    zone: str
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

    @property
    def over(self) -> bool:
        return self.minutes > self.budget + HARDLY


@dataclass(frozen=True)
class Crowded:
    """A zone's hours that hold more than its budget, from first to last of each run, and what the fullest of them holds."""

    zone: str
    hours: tuple[tuple[int, int], ...]
    minutes: float
    budget: float


@dataclass(frozen=True)
class Foresight:
    """``day`` is the first day on which it is said at all; all but ``occurrences`` tells of that day, from its first hour on.

    ``count`` is how often its moment comes, ``zones`` are those it is for, ``gives_way`` tells which of it are not said.
    """

    occurrences: tuple[Foreseen, ...] = ()
    day: date | None = None
    count: int = 0
    zones: tuple[str, ...] = ()
    gives_way: tuple[GivingWay, ...] = ()
    displaced: tuple[Displaced, ...] = ()
    hours: tuple[FullHour, ...] = ()

    @property
    def crowded(self) -> tuple[Crowded, ...]:
        """Zone by zone, where there are such hours."""
        return tuple(
            _crowded(zone, list(hours))
            for zone, hours in groupby((hour for hour in self.hours if hour.over), attrgetter("zone"))
        )


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
    own = [entry for entry in plan if entry.place.wish.schedule == schedule.id]
    without = plan_with(others, station, day, calendar, departures_around(source, station.key, day))
    return Foresight(
        tuple(found[:NEXT]),
        day,
        len({(entry.place.wish.due, entry.place.wish.departure) for entry in own}),
        tuple(zone.key for zone in station.zones if zone.id in {entry.place.zone for entry in own}),
        tuple(_giving_way(own, station)),
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


def _giving_way(own: Iterable[Planned], station: Station) -> Iterator[GivingWay]:
    keys = {zone.id: zone.key for zone in station.zones}
    gone = [one.place for one in own if one.place.way_code]
    for (zone, code), (reason, count) in _counted(
        (keys[one.zone], one.way_code, one.way_reason) for one in gone
    ):
        yield GivingWay(zone, code, reason, count)


def _displaced(without: Sequence[Planned], plan: Sequence[Planned], station: Station) -> Iterator[Displaced]:
    """Those that give way in the plan and would not give way without the schedule."""
    before = {_name(entry) for entry in without if not entry.place.way_code}
    keys = {zone.id: zone.key for zone in station.zones}
    gone = [entry.place for entry in plan if entry.place.way_code and _name(entry) in before]
    for (zone, title, code), (reason, count) in _counted(
        (keys[one.zone], one.wish.title, one.way_code, one.way_reason) for one in gone
    ):
        yield Displaced(zone, title, code, reason, count)


def _counted(gone: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, int]]]:
    """What is alike but for its reason, which comes last, with the reason that all share and how many there are."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *name, reason in gone:
        alike[tuple(name)].append(reason)
    for alike_by, reasons in sorted(alike.items()):
        yield alike_by, (reasons[0] if len(set(reasons)) == 1 else "", len(reasons))


def _hours(plan: Sequence[Planned], schedule: Schedule, station: Station) -> Iterator[FullHour]:
    """The hours in which the schedule speaks, zone by zone."""
    spent: defaultdict[tuple[str, int], float] = defaultdict(float)
    own: defaultdict[tuple[str, int], float] = defaultdict(float)
    for entry in plan:
        place = entry.place
        if place.way_code:
            continue
        name = (place.zone, int(place.start // HOUR))
        spent[name] += place.wish.seconds
        if place.wish.schedule == schedule.id:
            own[name] += place.wish.seconds
    for zone in station.zones:
        for hour in sorted(hour for key, hour in own if key == zone.id):
            minutes, its_own = spent[zone.id, hour] / 60, own[zone.id, hour] / 60
            yield FullHour(zone.key, _moment(hour * HOUR), minutes, its_own, zone.budget_minutes)


def _crowded(zone: str, hours: Sequence[FullHour]) -> Crowded:
    clock = [to_local(hour.start).hour for hour in hours]
    runs = [[hour for _, hour in run] for _, run in groupby(enumerate(clock), lambda one: one[1] - one[0])]
    return Crowded(
        zone,
        tuple((run[0], run[-1]) for run in runs),
        max(hour.minutes for hour in hours),
        hours[0].budget,
    )


def _name(entry: Planned) -> tuple[str, str, float, str]:
    wish = entry.place.wish
    return (wish.schedule, entry.place.zone, wish.due, wish.departure)


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
