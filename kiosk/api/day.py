"""The plan of a day, and what is on air."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from announcer import planning
from kiosk.accounts.roles import Right
from kiosk.api.fields import PRIORITY_NAMES, Day, Key, Moment, Priority, Where
from kiosk.api.operation import Asked, operation
from kiosk.api.places import zones_of
from kiosk.home import day as days
from kiosk.home import figures
from kiosk.home.left_out import LeftOut, left_out
from kiosk.home.strips import Entry
from kiosk.transactions import reading
from schedules.core.clock import local_date, utcnow
from schedules.models import Zone


class PlanAsked(Asked):
    """``date`` is today unless given."""

    date: Day | None = None
    station: Key | None = None


class OccurrenceTold(BaseModel):
    """``id`` is empty for what is only foreseen. ``state`` is planned, giving_way, waiting or playing, and afterwards how it ended."""

    id: str
    where: Where
    planned_at: Moment
    title: str
    seconds: float
    state: str
    reason_code: str
    reason: str


class LeftOutTold(BaseModel):
    """A schedule that says nothing on the day. ``station`` is a name."""

    schedule: Key
    title: str
    station: str
    reason: str


class PlanTold(BaseModel):
    """``left_out`` is empty for a day that is over: what the schedules were like then is not known."""

    date: date
    occurrences: list[OccurrenceTold]
    left_out: list[LeftOutTold]


class OnAirAsked(Asked):
    station: Key | None = None


class PartTold(BaseModel):
    language: str
    text: str


class PlayingTold(BaseModel):
    title: str
    priority: Priority
    requested_by: str
    started_at: Moment | None
    seconds: float
    parts: list[PartTold]


class ComingTold(BaseModel):
    title: str
    at: Moment


class ZoneOnAir(BaseModel):
    """``state`` is quiet, live, urgent, muted or fault; ``waiting`` has the titles of what is due."""

    where: Where
    state: str
    muted_until: Moment | None
    fault: str
    playing: PlayingTold | None
    waiting: list[str]
    coming: ComingTold | None

    @classmethod
    def of(cls, now: figures.ZoneNow) -> ZoneOnAir:
        coming = ComingTold(title=now.coming.title, at=now.coming.at) if now.coming else None
        return cls(
            where=Where.of(now.zone), state=now.state, muted_until=now.muted_until,
            fault=now.fault, playing=_playing(now),
            waiting=[one.title for one in now.waiting], coming=coming,
        )  # fmt: skip


class OnAir(BaseModel):
    """``announcer``: whether anybody is there to speak."""

    announcer: Literal["alive", "silent"]
    zones: list[ZoneOnAir]


@operation("GET", "/plan", Right.SEE, 404)
def plan(query: PlanAsked) -> PlanTold:
    """What is planned for a day, and what has become of it."""
    now = utcnow()
    day = query.date or local_date(now)
    with reading() as session:
        zones = {zone.id: zone for zone in zones_of(session, query.station)}
        stations = {zone.station.key for zone in zones.values()}
        lanes = days.lanes_of(session, day, stations, now)
        found = [_occurrence(zones[one.zone_id], one) for one in days.entries_of(lanes)]
        missing = left_out(session, day, stations) if day >= local_date(now) else ()
        return PlanTold(date=day, occurrences=found, left_out=[_left_out(one) for one in missing])


@operation("GET", "/on-air", Right.SEE, 404)
def on_air(query: OnAirAsked) -> OnAir:
    """What sounds in each zone now, what waits there, and what comes next."""
    now = utcnow()
    with reading() as session:
        own = {zone.id for zone in zones_of(session, query.station)}
        alive = planning.is_alive(session, now)
        found = [one for one in figures.zones_now(session, now, alive) if one.zone.id in own]
        told = [ZoneOnAir.of(one) for one in found]
        return OnAir(announcer="alive" if alive else "silent", zones=told)


def _occurrence(zone: Zone, entry: Entry) -> OccurrenceTold:
    return OccurrenceTold(
        id=entry.id, where=Where.of(zone), planned_at=entry.at, title=entry.title, seconds=entry.seconds,
        state=entry.state, reason_code=entry.code, reason=entry.reason,
    )  # fmt: skip


def _playing(now: figures.ZoneNow) -> PlayingTold | None:
    row = now.playing
    if row is None:
        return None
    return PlayingTold(
        title=row.title, priority=PRIORITY_NAMES[row.priority], requested_by=row.requested_by,
        started_at=row.started_at, seconds=row.seconds,
        parts=[PartTold(language=part.language, text=part.text) for part in row.parts],
    )  # fmt: skip


def _left_out(one: LeftOut) -> LeftOutTold:
    return LeftOutTold(schedule=one.key, title=one.title, station=one.station, reason=one.reason)
