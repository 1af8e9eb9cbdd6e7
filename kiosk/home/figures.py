"""The station now: what sounds in each zone, what waits there, what comes next, and how the day has gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Announcement, Playout, ZoneStatus
from announcer.script import Part, Script
from schedules.core.clock import day_bounds, local_date
from schedules.models import Message, Occurrence, Zone
from schedules.operations import all_zones


@dataclass(frozen=True)
class Coming:
    """What a zone will say next."""

    title: str
    at: datetime


@dataclass(frozen=True)
class ZoneNow:
    zone: Zone
    status: ZoneStatus | None
    playing: Announcement | None
    parts: tuple[Part, ...]  # what is being said, per language
    waiting: tuple[str, ...]  # titles of what is due and has not had its turn
    coming: Coming | None
    muted_until: datetime | None

    @property
    def state(self) -> str:
        """What matters most about it, for its colour and its one word."""
        if self.status and self.status.fault:
            return "fault"
        if self.playing:
            return "urgent" if self.playing.priority == 2 else "live"
        return "muted" if self.muted_until else "quiet"


def zones_now(session: Session, now: datetime, alive: bool) -> list[ZoneNow]:
    """What each zone does. Without a living announcer nothing sounds: what it was saying waits to be said again."""
    status = {row.zone_id: row for row in session.scalars(select(ZoneStatus))}
    queue = _queue(session)
    return [
        _zone_now(session, zone, status.get(zone.id), queue[zone.id], now, alive)
        for zone in all_zones(session)
    ]


def _queue(session: Session) -> dict[str, list[Announcement]]:
    """What has not ended, by zone, in the order of its time."""
    by_zone: dict[str, list[Announcement]] = defaultdict(list)
    query = select(Announcement).where(Announcement.state.in_(("waiting", "ready", "playing")))
    for row in session.scalars(query.order_by(Announcement.not_before, Announcement.id)):
        by_zone[row.zone_id].append(row)
    return by_zone


def _zone_now(
    session: Session,
    zone: Zone,
    status: ZoneStatus | None,
    queue: list[Announcement],
    now: datetime,
    alive: bool,
) -> ZoneNow:
    playing = next((row for row in queue if alive and row.state == "playing"), None)
    others = [row for row in queue if row is not playing]
    muted = zone.muted_until if zone.muted_until and zone.muted_until > now else None
    return ZoneNow(
        zone,
        status,
        playing,
        Script.from_data(playing.script).parts if playing else (),
        tuple(row.title for row in others if row.not_before <= now),
        _coming(session, zone, (row for row in others if row.not_before > now), now),
        muted,
    )


def _coming(session: Session, zone: Zone, queued: Iterable[Announcement], now: datetime) -> Coming | None:
    """The next of the queue, which holds the coming two minutes; else the next of the plan."""
    for row in queued:
        return Coming(row.title, row.not_before)
    query = (
        select(Message.title, Occurrence.planned_at)
        .join(Message, Message.id == Occurrence.message_id)
        .where(
            Occurrence.zone_id == zone.id,
            Occurrence.result.is_(None),
            ~Occurrence.queued,
            Occurrence.way_code == "",
            Occurrence.planned_at > now,
        )
        .order_by(Occurrence.planned_at)
        .limit(1)
    )
    planned = session.execute(query).first()
    return Coming(planned[0], planned[1]) if planned else None


def counts_today(session: Session, now: datetime) -> Counter[str]:
    """How many announcements ended today, by result."""
    start, end = day_bounds(local_date(now))
    query = (
        select(Playout.result, func.count())
        .where(Playout.logged_at >= start, Playout.logged_at < end, Playout.final)
        .group_by(Playout.result)
    )
    counts: Counter[str] = Counter()
    for result, count in session.execute(query):
        counts[result] = count
    return counts
