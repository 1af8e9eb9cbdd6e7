"""What a change would do to a day's plan: planned twice, as it is and as it would be. Nothing is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from schedules.days.calendars import Calendar
from schedules.document import ExceptionEntry
from schedules.models import Station, Zone
from schedules.operations import calendar_of
from schedules.placing import Place, place
from schedules.planner import expand, load_schedules, rules_of

SHOWN = 8


@dataclass(frozen=True)
class Plan:
    """One zone's day: how many are said, and how many give way, by the code of the reason."""

    said: int
    ways: Mapping[str, int]

    @property
    def giving_way(self) -> int:
        return sum(self.ways.values())


@dataclass(frozen=True)
class Lost:
    at: datetime
    title: str
    code: str


@dataclass(frozen=True)
class Effect:
    """``lost`` is what would newly give way; at most ``SHOWN`` of ``losses``."""

    day: date
    before: Plan
    after: Plan
    lost: Sequence[Lost] = ()
    losses: int = 0


def of_zone(session: Session, zone: Zone, wanted: Mapping[str, Any], day: date) -> Effect:
    """The zone's plan of a day with the settings it has and with those wanted; departures are not known."""
    schedules = load_schedules(session, zone.station)
    wishes = [wish for wish, _ in expand(schedules, day, calendar_of(session, zone.station), ())]
    rules = {one.id: rules_of(one, day) for one in zone.station.zones}
    changed = rules | {zone.id: rules_of(Zone(id=zone.id, **wanted), day)}
    before, after = (_here(place(wishes, bears), zone) for bears in (rules, changed))
    gone = {_name(entry) for entry in before if entry.way_code}
    lost = [_lost(entry) for entry in after if entry.way_code and _name(entry) not in gone]
    return Effect(day, _plan(before), _plan(after), lost[:SHOWN], len(lost))


def of_days(session: Session, station: Station, entry: ExceptionEntry, today: date) -> Effect:
    """How many announcements the schedules ask for on the first of the days that is ahead, now and with them."""
    day = max(entry.first, today)
    schedules = load_schedules(session, station)
    present = calendar_of(session, station)
    added = Calendar.from_exceptions([(entry.kind, entry.first, entry.last, entry.note)])
    merged = Calendar(
        closed=present.closed + added.closed,
        holiday=present.holiday + added.holiday,
        working=present.working + added.working,
        tet=present.tet,
    )
    before, after = (
        sum(len(wish.zones) for wish, _ in expand(schedules, day, calendar, ()))
        for calendar in (present, merged)
    )
    return Effect(day, Plan(before, {}), Plan(after, {}))


def _here(places: Iterable[Place], zone: Zone) -> list[Place]:
    return [entry for entry in places if entry.zone == zone.id]


def _name(entry: Place) -> tuple[str, float, str]:
    return entry.wish.schedule, entry.wish.due, entry.wish.departure


def _plan(places: Sequence[Place]) -> Plan:
    ways = Counter(entry.way_code for entry in places if entry.way_code)
    return Plan(len(places) - ways.total(), ways)


def _lost(entry: Place) -> Lost:
    return Lost(datetime.fromtimestamp(entry.wish.due, UTC), entry.wish.title, entry.way_code)
