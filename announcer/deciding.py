"""What one zone does next: a pure function of what waits, what sounds, and the time.

Order: the higher class, then the rank inside it, then who was due first. A higher class interrupts a lower one; what was
interrupted goes back into the queue and is said again from its start while it is still worth saying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from announcer.history import WITHDRAWN, End
from announcer.models import Announcement
from schedules.core.clock import to_local
from schedules.models import LEVELS

LOOKAHEAD = timedelta(seconds=0.1)  # claimed this long before its moment, so that it begins exactly on it
STUCK_AFTER = timedelta(seconds=10)  # beyond its length: then its player does not answer any more
BREATH = timedelta(seconds=1.5)
URGENT = 2


@dataclass(frozen=True)
class ZoneState:
    """What the dispatcher knows of a zone.

    ``free_at`` is the end of the last announcement, if there was one; ``faults`` counts attempts in a row that the
    loudspeaker failed, and ``retry_at`` is when the next one is made; ``volume`` is the zone's table.
    """

    id: str
    key: str
    gap: timedelta
    muted_until: datetime | None = None
    free_at: datetime | None = None
    faults: int = 0
    retry_at: datetime | None = None
    volume: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Settle:
    """This one is over without (further) sound."""

    announcement: Announcement
    end: End


@dataclass(frozen=True)
class Start:
    """This one begins at ``at``; ``interrupts`` is cut for it."""

    announcement: Announcement
    at: datetime
    interrupts: Announcement | None = None


@dataclass(frozen=True)
class Stuck:
    """This one should have ended long ago: its player hangs or is gone."""

    announcement: Announcement


Action = Settle | Start | Stuck


def decide(zone: ZoneState, waiting: Iterable[Announcement], now: datetime) -> list[Action]:
    """The actions of one zone at ``now``. ``waiting`` are its announcements that have not ended, the playing one too."""
    rows = sorted(waiting, key=importance)
    playing = next((row for row in rows if row.state == "playing"), None)
    if playing is not None and now > _stuck_at(playing):
        return [Stuck(playing)]
    settled = [settle for row in rows if (settle := _settle(zone, row, now))]
    over = {settle.announcement.id for settle in settled}
    if playing is not None and playing.id in over:  # recalled while it sounds
        playing, zone = None, replace(zone, free_at=now)
    ready = [row for row in rows if row.state == "ready" and row.id not in over]
    start = _start(zone, ready, playing, now)
    return [*settled, *([start] if start else [])]


def importance(row: Announcement) -> tuple[int, int, datetime, str]:
    return (-row.priority, row.level, row.not_before, row.id)


def muted(zone: ZoneState, row: Announcement, moment: datetime) -> End | None:
    """The end of a row that would begin at ``moment`` in a mute zone. Urgent messages always sound."""
    if zone.muted_until is None or moment >= zone.muted_until or row.priority >= URGENT:
        return None
    return End("gave_way", "muted", f"the zone is mute until {to_local(zone.muted_until):%H:%M}")


def _settle(zone: ZoneState, row: Announcement, now: datetime) -> Settle | None:
    if row.reason_code == "withdrawn":
        return Settle(row, replace(WITHDRAWN, reason=row.reason or WITHDRAWN.reason))
    if row.state == "playing":
        return None
    if row.expires_at < now:
        return Settle(row, _too_late(row))
    if row.not_before <= now + LOOKAHEAD and (end := muted(zone, row, max(now, row.not_before))):
        return Settle(row, end)
    return None


_TOO_LATE = {
    "downtime": lambda row: End(
        "missed", "downtime", "the announcer was not running, and then it was too late"
    ),
    "preempted": lambda row: End("gave_way", "preempted", f"{row.reason}, and then it was too late"),
    "voice": lambda row: End("failed", "voice", row.reason),
    "sound": lambda row: End("failed", "sound", row.reason),
    "unclear": lambda row: End("failed", "unclear", row.reason),
    "sink": lambda row: End("failed", "sink", row.reason),
}


def _too_late(row: Announcement) -> End:
    if row.reason_code in _TOO_LATE:
        return _TOO_LATE[row.reason_code](row)
    if row.state == "waiting":
        return End("failed", "no-sound", "its sound was not ready in time")
    return End("expired", "expired", "it waited for its turn until it was no longer worth saying")


def _start(
    zone: ZoneState, ready: Sequence[Announcement], playing: Announcement | None, now: datetime
) -> Start | None:
    for row in ready:
        if playing is None:
            at = _room(zone, row, now)
            if at <= now + LOOKAHEAD:
                return Start(row, at)
        elif row.priority > playing.priority and row.not_before <= now:
            return Start(row, now, playing)
    return None


def _room(zone: ZoneState, row: Announcement, now: datetime) -> datetime:
    """When this row could begin in a silent zone.

    An end that lies ahead of us means that the clock was set back: it counts for nothing.
    """
    at = max(now, row.not_before, zone.retry_at or now)
    if zone.free_at and zone.free_at <= now + LOOKAHEAD:
        at = max(at, zone.free_at + _gap(zone, row))
    return at


def _gap(zone: ZoneState, row: Announcement) -> timedelta:
    """The silence before it: the zone's own before scheduled ones, a breath before live calls, none before higher classes."""
    if row.priority > 0:
        return timedelta()
    return zone.gap if row.level > LEVELS["live"] else min(zone.gap, BREATH)


def _stuck_at(playing: Announcement) -> datetime:
    return (playing.started_at or playing.not_before) + timedelta(seconds=playing.seconds) + STUCK_AFTER


def next_moment(zone: ZoneState, waiting: Iterable[Announcement], now: datetime) -> datetime | None:
    """When the zone next wants to be looked at, if nothing else happens before."""
    rows = list(waiting)
    playing = next((row for row in rows if row.state == "playing"), None)
    moments = [_stuck_at(playing)] if playing else []
    for row in rows:
        if row is playing:
            continue
        moments.append(row.expires_at + timedelta(milliseconds=1))
        if row.state == "ready" and (playing is None or row.priority > playing.priority):
            at = row.not_before if playing else _room(zone, row, now)
            moments += [at - LOOKAHEAD, at]
    return min((moment for moment in moments if moment > now), default=None)
