"""The station now: what sounds in each zone, what waits there, what comes next, and how the day has gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.deciding import importance
from announcer.models import Announcement, Playout, ZoneStatus
from announcer.planning import is_alive
from announcer.script import Part, Script
from announcer.turn import OPEN
from schedules.core.clock import day_bounds, local_date
from schedules.models import Message, Occurrence, Station, Zone
from schedules.operations import all_zones, by_name


@dataclass(frozen=True)
class Coming:
    """What a zone will say next."""

    title: str
    at: datetime


@dataclass(frozen=True)
class Saying:
    """What sounds; ``parts`` are its words, per language."""

    id: str
    title: str
    parts: tuple[Part, ...]
    priority: int
    started_at: datetime | None
    seconds: float
    requested_by: str
    request_id: str | None
    occurrence_id: str | None


@dataclass(frozen=True)
class Waiting:
    """What has not had its turn; ``state``, ``code`` and ``detail`` tell why."""

    id: str
    title: str
    priority: int
    at: datetime
    expires_at: datetime
    requested_by: str
    state: str
    code: str
    detail: str
    request_id: str | None
    occurrence_id: str | None


@dataclass(frozen=True)
class ZoneNow:
    """One zone; two of these are equal if a page would show the same."""

    zone: Zone = field(compare=False)
    sink: str
    fault: str
    fault_since: datetime | None
    playing: Saying | None
    waiting: tuple[Waiting, ...]  # due, in the order in which they will be said
    near: tuple[Waiting, ...]  # in the queue already, their moment still ahead
    coming: Coming | None
    muted_until: datetime | None

    @property
    def state(self) -> str:
        """What matters most about it, for its colour and its one word."""
        if self.fault:
            return "fault"
        if self.playing:
            return "urgent" if self.playing.priority == 2 else "live"
        return "muted" if self.muted_until else "quiet"


@dataclass(frozen=True)
class StationNow:
    """All zones and the day's counts; ``alive``: whether an announcer runs."""

    day: date
    alive: bool
    zones: tuple[ZoneNow, ...]
    counts: Counter[str]


def station_now(session: Session, now: datetime, among: Collection[str] | None = None) -> StationNow:
    """``among``: what is counted, as in ``counts_of``."""
    alive = is_alive(session, now)
    today = local_date(now)
    return StationNow(today, alive, tuple(zones_now(session, now, alive)), counts_of(session, today, among))


def by_station(zones: Iterable[ZoneNow], own: Collection[str]) -> list[tuple[Station, list[ZoneNow]]]:
    """Station by station, by name; those whose keys are in ``own`` come first."""
    there: dict[Station, list[ZoneNow]] = defaultdict(list)
    for one in zones:
        there[one.zone.station].append(one)
    return [
        (station, there[station]) for station in sorted(by_name(there), key=lambda one: one.key not in own)
    ]


def zones_now(session: Session, now: datetime, alive: bool) -> list[ZoneNow]:
    """What each zone does. Without a living announcer nothing sounds: what it was saying waits to be said again."""
    status = {row.zone_id: row for row in session.scalars(select(ZoneStatus))}
    queue, planned = _queue(session), next_planned(session, now)
    return [
        _zone_now(zone, status.get(zone.id), queue[zone.id], planned.get(zone.id), now, alive)
        for zone in all_zones(session)
    ]


def _queue(session: Session) -> dict[str, list[Announcement]]:
    """What has not ended, by zone, the most important first."""
    by_zone: dict[str, list[Announcement]] = defaultdict(list)
    for row in sorted(session.scalars(OPEN), key=importance):
        by_zone[row.zone_id].append(row)
    return by_zone


def _zone_now(
    zone: Zone,
    status: ZoneStatus | None,
    queue: list[Announcement],
    planned: Coming | None,
    now: datetime,
    alive: bool,
) -> ZoneNow:
    playing = next((row for row in queue if alive and row.state == "playing"), None)
    others = [waiting(row) for row in queue if row is not playing]
    near = sorted((row for row in others if row.at > now), key=lambda row: row.at)
    muted = zone.muted_until if zone.muted_until and zone.muted_until > now else None
    return ZoneNow(
        zone,
        status.sink if status else "",
        status.fault if status else "",
        status.changed_at if status and status.fault else None,
        _saying(playing) if playing else None,
        tuple(row for row in others if row.at <= now),
        tuple(near),
        # The queue holds the coming two minutes; after them the plan tells.
        Coming(near[0].title, near[0].at) if near else planned,
        muted,
    )


def _saying(row: Announcement) -> Saying:
    return Saying(
        row.id,
        row.title,
        Script.from_data(row.script).parts,
        row.priority,
        row.started_at,
        row.seconds,
        row.requested_by,
        row.request_id,
        row.occurrence_id,
    )


def waiting(row: Announcement) -> Waiting:
    return Waiting(
        row.id,
        row.title,
        row.priority,
        row.not_before,
        row.expires_at,
        row.requested_by,
        row.state,
        row.reason_code,
        row.reason,
        row.request_id,
        row.occurrence_id,
    )


def next_planned(session: Session, now: datetime) -> dict[str, Coming]:
    """By zone, the next of the plan that is not in the queue yet; one look along the index for each zone."""
    next_of_zone = (
        select(Occurrence.id)
        .where(
            Occurrence.zone_id == Zone.id,
            Occurrence.result.is_(None),
            ~Occurrence.queued,
            Occurrence.way_code == "",
            Occurrence.planned_at > now,
        )
        .order_by(Occurrence.planned_at)
        .limit(1)
        .correlate(Zone)
        .scalar_subquery()
    )
    query = (
        select(Zone.id, Message.title, Occurrence.planned_at)
        .join(Occurrence, Occurrence.id == next_of_zone)
        .join(Message, Message.id == Occurrence.message_id)
    )
    return {zone: Coming(title, at) for zone, title, at in session.execute(query)}


def counts_of(session: Session, day: date, among: Collection[str] | None = None) -> Counter[str]:
    """How many announcements ended on a day, by result; ``among``: only in these zones (by their keys), None for all."""
    start, end = day_bounds(day)
    query = (
        select(Playout.result, func.count())
        .where(Playout.logged_at >= start, Playout.logged_at < end, Playout.final)
        .group_by(Playout.result)
    )
    if among is not None:
        query = query.where(Playout.zone.in_(among))
    counts: Counter[str] = Counter()
    for result, count in session.execute(query):
        counts[result] = count
    return counts
