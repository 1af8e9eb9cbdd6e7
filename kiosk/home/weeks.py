"""A week at a glance: what each of its days holds, the days ahead foreseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from kiosk.home import day as days
from kiosk.home.bars import Bars, bars
from kiosk.home.day import LEAST_BUDGET, SOUNDING, Entry

GAVE_WAY = ("giving_way", "gave_way")
LOST = ("failed", "missed", "expired")


@dataclass(frozen=True)
class DayOfWeek:
    """``minutes`` are of all zones together; ``busiest`` is the fullest hour's share of its zone's budget, by hour."""

    day: date
    count: int
    minutes: float
    gave_way: int
    lost: int
    busiest: Bars


def week(session: Session, monday: date, stations: Collection[str], now: datetime) -> list[DayOfWeek]:
    budgets = {lane.zone.id: lane.zone.budget_minutes for lane in days.lanes(session, (), stations)}
    found = (monday + timedelta(days=number) for number in range(7))
    return [_day(day, days.entries_of(session, day, stations, now), budgets) for day in found]


def _day(day: date, entries: list[Entry], budgets: dict[str, float]) -> DayOfWeek:
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for entry in entries:
        if entry.state in SOUNDING:
            spent[entry.zone_id, entry.hour] += entry.seconds / 60
    busiest = [0.0] * 24
    for (zone, hour), minutes in spent.items():
        busiest[hour] = max(busiest[hour], minutes / max(budgets[zone], LEAST_BUDGET))
    states = [entry.state for entry in entries]
    return DayOfWeek(
        day,
        sum(state in SOUNDING for state in states),
        sum(spent.values()),
        sum(state in GAVE_WAY for state in states),
        sum(state in LOST for state in states),
        bars(busiest),
    )
