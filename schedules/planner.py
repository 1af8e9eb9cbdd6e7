"""The plan of a day: schedules × triggers × calendar × departures, minus what the policies let give way.

:func:`plan_with`, :func:`expand` and :func:`placing.place` are pure: same inputs, same plan. :func:`plan_occurrences` saves the plan and may
be repeated at any time: rows are unique by schedule, zone and due time, what has been queued or settled is never
touched, and what is still ahead follows the schedules as they are now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from schedules.core import changes
from schedules.core.ids import new_id
from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.models import LEVELS, PRIORITIES, Message, Occurrence, Schedule, Station, Turn, Zone
from schedules.operations import calendar_of
from schedules.placing import Place, Wish, place
from schedules.policies import ZoneRules, clock_windows, departure_guards, turn_of
from schedules.triggers import (
    Departure,
    DepartureSource,
    Moment,
    NoDepartures,
    departures_around,
    moments_on,
    trigger_from_data,
)
from schedules.wording import estimate_seconds


@dataclass(frozen=True)
class Planned:
    """A place in the plan together with what fills the message's blanks."""

    place: Place
    values: Mapping[str, Any]
    expires: float


@dataclass(frozen=True)
class PlanCounts:
    added: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: PlanCounts) -> PlanCounts:
        return PlanCounts(
            self.added + other.added, self.changed + other.changed, self.removed + other.removed
        )


def plan_station(
    station: Station, day: date, session: Session, departures: Sequence[Departure]
) -> list[Planned]:
    """The whole plan of a station's local day, as the database describes it now."""
    return plan_with(
        load_schedules(session, station), station, day, calendar_of(session, station), departures
    )


def plan_with(
    schedules: Iterable[Schedule],
    station: Station,
    day: date,
    calendar: Calendar,
    departures: Sequence[Departure],
) -> list[Planned]:
    """The plan of a station's local day if these were its schedules. Pure: same inputs, same plan."""
    wishes = expand(schedules, day, calendar, departures)
    rules = {zone.id: rules_of(zone, day) for zone in station.zones}
    guards = departure_guards(departure.expected_at for departure in departures)
    values = {(wish.schedule, wish.due, wish.departure): filled for wish, filled in wishes}
    return [
        Planned(p, values[p.wish.schedule, p.wish.due, p.wish.departure], p.wish.due + p.wish.patience)
        for p in place([wish for wish, _ in wishes], rules, guards)
    ]


def load_schedules(session: Session, station: Station) -> Sequence[Schedule]:
    query = (
        select(Schedule)
        .where(Schedule.station_id == station.id, Schedule.enabled)
        .options(
            selectinload(Schedule.zones),
            selectinload(Schedule.turns).selectinload(Turn.message).selectinload(Message.wordings),
        )
        .order_by(Schedule.key)
    )
    return session.scalars(query).all()


def expand(
    schedules: Iterable[Schedule], day: date, calendar: Calendar, departures: Sequence[Departure]
) -> list[tuple[Wish, Mapping[str, Any]]]:
    """Every moment that the schedules ask for on a local day, with the values for the message's blanks."""
    return [
        wish
        for schedule in schedules
        if _valid(schedule, day)
        for wish in _wishes(schedule, day, calendar, departures)
    ]


def _valid(schedule: Schedule, day: date) -> bool:
    first, last = schedule.valid_from or date.min, schedule.valid_to or date.max
    return first <= day <= last


def _wishes(
    schedule: Schedule, day: date, calendar: Calendar, departures: Sequence[Departure]
) -> Iterable[tuple[Wish, Mapping[str, Any]]]:
    trigger = trigger_from_data(schedule.trigger)
    found = moments_on(trigger, DayType.from_data(schedule.days), calendar, day, departures)
    # A timetable that lists one service twice at one time (on two platforms) announces it once: as listed last.
    moments = list({(moment.at, _departure_name(moment)): moment for moment in found}.values())
    turns = [turn for turn in schedule.turns if not turn.message.retired]
    if not turns or not schedule.zones:
        return
    weights = [turn.weight for turn in turns]
    first_turn = day.toordinal() * len(moments)  # so that every day does not begin with the same message
    zones, lengths = tuple(zone.id for zone in schedule.zones), dict[str, float]()
    for number, moment in enumerate(moments):
        message = turns[turn_of(weights, first_turn + number)].message
        values = _values(message, schedule, moment)
        said = f"{message.id} {values}"
        if said not in lengths:  # a message that is said all day long is as long each time
            lengths[said] = estimate_seconds(message, values, schedule.repeats)
        yield _wish(schedule, message, zones, moment, lengths[said]), values


def _values(message: Message, schedule: Schedule, moment: Moment) -> dict[str, Any]:
    """The schedule's own values win over the departure's; only what the message asks for is kept."""
    offered = {**moment.values, **schedule.values}
    return {name: offered[name] for name in message.blanks if name in offered}


def _wish(
    schedule: Schedule, message: Message, zones: tuple[str, ...], moment: Moment, seconds: float
) -> Wish:
    return Wish(
        schedule=schedule.id,
        message=message.id,
        zones=zones,
        due=moment.at.timestamp(),
        seconds=seconds,
        patience=schedule.expires_minutes * 60,
        category=message.category,
        priority=PRIORITIES[schedule.priority],
        level=LEVELS[message.category],
        spacing=schedule.gap_minutes * 60,
        title=message.title,
        departure=_departure_name(moment),
    )


def _departure_name(moment: Moment) -> str:
    """Tells departures apart that share a due time."""
    departure = moment.departure
    return f"{departure.service} {departure.departs_at.isoformat()}" if departure else ""


def rules_of(zone: Zone, day: date) -> ZoneRules:
    return ZoneRules(zone.id, zone.budget_minutes * 60, zone.gap_seconds, clock_windows(zone.quiet, day))


@dataclass(frozen=True)
class Draft:
    """A station's plan for a local day, ready to be saved."""

    station: str
    zones: tuple[str, ...]
    day: date
    planned: list[Planned]


def draft(session: Session, station: Station, day: date, source: DepartureSource | None = None) -> Draft:
    """Work the plan out. Reads only, so that it holds nobody up however long it takes."""
    departures = departures_around(source or NoDepartures(), station.key, day)
    zones = tuple(zone.id for zone in station.zones)
    return Draft(station.id, zones, day, plan_station(station, day, session, departures))


def save(session: Session, plan: Draft, now: datetime, back_to: datetime | None = None) -> PlanCounts:
    """Save a plan. Safe to repeat; touches nothing that is past, queued or settled.

    What is already past is not added, for nobody had planned it: only from ``back_to`` on, the moment since which
    nobody was there to plan.
    """
    earliest = min(now, back_to or now)
    since = dict(
        session.execute(select(Schedule.id, Schedule.since).where(Schedule.station_id == plan.station)).all()
    )
    query = select(Occurrence).where(Occurrence.day == plan.day, Occurrence.zone_id.in_(plan.zones))
    existing = {
        (row.schedule_id, row.zone_id, row.due_at, row.departure): row for row in session.scalars(query)
    }
    added, changed = [], []
    for entry in plan.planned:
        row = _row(entry, plan.day)
        old = existing.pop((row["schedule_id"], row["zone_id"], row["due_at"], row["departure"]), None)
        if old is None:
            if row["due_at"] >= max(since[row["schedule_id"]], earliest):
                added.append(row | {"id": new_id(), "queued": False, "result": None})
        elif _open(old, now) and any(getattr(old, name) != value for name, value in row.items()):
            changed.append(row | {"id": old.id})
    removed = [row.id for row in existing.values() if _open(row, now)]
    if added:
        session.execute(insert(Occurrence), added)
    if changed:
        session.execute(update(Occurrence), changed)
    if removed:
        session.execute(delete(Occurrence).where(Occurrence.id.in_(removed)))
    if added or changed or removed:
        changes.touch(session, changes.PLAN)
    return PlanCounts(len(added), len(changed), len(removed))


def plan_occurrences(
    session: Session, station: Station, day: date, now: datetime, source: DepartureSource | None = None
) -> PlanCounts:
    """Work out and save the plan of a local day, in one go."""
    return save(session, draft(session, station, day, source), now)


def _open(row: Occurrence, now: datetime) -> bool:
    """Still ahead: neither settled, nor queued, nor past."""
    return row.result is None and not row.queued and row.due_at > now


def _row(entry: Planned, day: date) -> dict[str, Any]:
    wish = entry.place.wish
    return {
        "schedule_id": wish.schedule,
        "zone_id": entry.place.zone,
        "message_id": wish.message,
        "departure": wish.departure,
        "day": day,
        "due_at": _utc(wish.due),
        "planned_at": _utc(entry.place.start),
        "expires_at": _utc(entry.expires),
        "seconds": wish.seconds,
        "values": dict(entry.values),
        "way_code": entry.place.way_code,
        "way_reason": entry.place.way_reason,
    }


def _utc(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
