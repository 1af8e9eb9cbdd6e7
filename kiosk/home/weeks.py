"""A week at a glance: what each of its days holds, the days ahead foreseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.home.bars import Bars, bars
from kiosk.home.day import LEAST_BUDGET, stations_of
from kiosk.home.strips import SOUNDING, Marks, Strip, foreseen, marks, placed
from kiosk.remembered import Memory
from schedules.core.clock import day_bounds, local_date
from schedules.models import Occurrence, Station

GAVE_WAY = ("giving_way", "gave_way")
LOST = ("failed", "missed", "expired")
MOST_REMEMBERED = 2000  # a day of one zone each, a kilobyte


@dataclass(frozen=True)
class DayOfWeek:
    """``minutes`` are of all zones together; ``busiest`` is the fullest hour's share of its zone's budget, by hour."""

    day: date
    count: int
    minutes: float
    gave_way: int
    lost: int
    busiest: Bars


@dataclass(frozen=True)
class Outline:
    """What a week shows of one zone's day. It does not depend on the clock: what waits counts like what is planned."""

    counts: Counter[str] = field(default_factory=Counter)
    minutes: list[float] = field(default_factory=lambda: [0.0] * 24)

    @classmethod
    def of(cls, strip: Strip) -> Outline:
        return cls(strip.counts, strip.minutes)

    def add(self, state: str, hour: int, seconds: float) -> None:
        self.counts[state] += 1
        if state in SOUNDING:
            self.minutes[hour] += seconds / 60


_outlines: Memory[Outline] = Memory(MOST_REMEMBERED)


def week(session: Session, monday: date, keys: Collection[str], now: datetime) -> list[DayOfWeek]:
    stations = stations_of(session, keys)
    budgets = {zone.id: zone.budget_minutes for station in stations for zone in station.zones}
    days = [monday + timedelta(days=number) for number in range(7)]
    known = marks(session, days[0], days[-1])
    found = []
    for day in days:
        outlines = _outlines_of(session, day, budgets, known)
        if day > local_date(now) and not any(outline.counts for outline in outlines.values()):
            outlines = _ahead(session, day, stations)
        found.append(_day(day, outlines, budgets))
    return found


def _outlines_of(session: Session, day: date, zones: Iterable[str], known: Marks) -> dict[str, Outline]:
    bind = session.get_bind()
    there = [zone for zone in zones if (day, zone) in known]
    found = {zone: _outlines.find((bind, day, zone), known[day, zone]) for zone in there}
    if changed := [zone for zone, outline in found.items() if outline is None]:
        for zone, outline in _read(session, day, changed).items():
            found[zone] = outline
            _outlines.keep((bind, day, zone), known[day, zone], outline)
    return {zone: outline for zone, outline in found.items() if outline}


def _read(session: Session, day: date, zones: Sequence[str]) -> dict[str, Outline]:
    start, found = day_bounds(day)[0].timestamp(), {zone: Outline() for zone in zones}
    query = select(
        Occurrence.zone_id, Occurrence.planned_at, Occurrence.seconds, Occurrence.result, Occurrence.way_code
    )
    query = query.where(Occurrence.day == day, Occurrence.zone_id.in_(zones))
    for zone, at, seconds, result, way_code in session.execute(query):
        state = result or ("giving_way" if way_code else "planned")
        found[zone].add(state, placed(at.timestamp() - start, seconds)[0], seconds)
    return found


def _ahead(session: Session, day: date, stations: Iterable[Station]) -> dict[str, Outline]:
    strips = {zone: strip for station in stations for zone, strip in foreseen(session, station, day).items()}
    return {zone: Outline.of(strip) for zone, strip in strips.items()}


def _day(day: date, outlines: Mapping[str, Outline], budgets: Mapping[str, float]) -> DayOfWeek:
    counts = sum((outline.counts for outline in outlines.values()), Counter[str]())
    busiest = [0.0] * 24
    for zone, outline in outlines.items():
        budget = max(budgets[zone], LEAST_BUDGET)
        busiest = [max(most, spent / budget) for most, spent in zip(busiest, outline.minutes, strict=True)]
    return DayOfWeek(
        day,
        sum(counts[state] for state in SOUNDING),
        sum(sum(outline.minutes) for outline in outlines.values()),
        sum(counts[state] for state in GAVE_WAY),
        sum(counts[state] for state in LOST),
        bars(busiest),
    )
